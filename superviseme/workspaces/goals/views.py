"""Pages and clicks of goals: workspace through `visible_to`, form, one action, answer."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done, is_htmx, piece
from superviseme.web.forms import posted

from ..room.access import thing_in, workspace_for
from ..room.frame import answered, frame
from ..room.models import Workspace
from . import actions, queries
from .forms import GoalEditForm, GoalForm
from .models import Goal, GoalKind


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    fresh = GoalForm(initial={"kind": GoalKind.OBJECTIVE})
    if request.method == "GET":
        return _index(request, workspace, fresh)
    require(request.user, Action.GOAL_ADD, workspace)
    form = GoalForm(request.POST)
    if not form.is_valid():
        if is_htmx(request):
            return piece(request, "workspaces/goals/_composer.html", {"workspace": workspace, "form": form}, status=422)
        return _index(request, workspace, form, status=422)
    goal = actions.add_goal(workspace, **form.cleaned_data, by=request.user)
    context = {"workspace": workspace, "form": fresh, "goal": queries.one_goal(goal)}
    return answered(request, workspace, to=_place(goal), template="workspaces/goals/_added.html", context=context)


@signed_in("GET")
def show(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    goal = queries.one_goal(_find(workspace, n))
    return render(request, "workspaces/goals/show.html", frame(workspace, request.user, "goals", goal=goal))


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    goal = _find(workspace, n)
    require(request.user, Action.GOAL_EDIT, goal)
    initial = {name: getattr(goal, name) for name in ("kind", "title", "description", "state", "version")}
    form = GoalEditForm(posted(request), initial=initial)
    tried = attempt(form, partial(actions.edit_goal, goal, by=request.user))
    if tried.saved:
        return done(request, to=_place(goal))
    context = frame(workspace, request.user, "goals", goal=goal, form=form, current=tried.current)
    return render(request, "workspaces/goals/edit.html", context, status=tried.status)


@signed_in("POST")
def freeze(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    goal = _find(workspace_for(request, pk), n)
    actions.freeze_goal(goal, by=request.user)
    undo = reverse("goal_unfreeze", args=[pk, n])
    return _answer(request, goal, _("«%(title)s» is frozen.") % {"title": goal.title}, undo)


@signed_in("POST")
def unfreeze(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    goal = _find(workspace_for(request, pk), n)
    actions.unfreeze_goal(goal, by=request.user)
    return _answer(request, goal, _("«%(title)s» can be changed again.") % {"title": goal.title})


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    goal = _find(workspace_for(request, pk), n)
    actions.delete_goal(goal, by=request.user)
    message = _("«%(title)s» deleted.") % {"title": goal.title}
    undo = reverse("goal_restoration", args=[pk, n])
    to = reverse("goals", args=[pk])
    return answered(request, goal.workspace, to=to, template="ui/_gone.html", message=message, undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    goal = thing_in(workspace_for(request, pk), Goal.objects.all(), number=n)
    actions.restore_goal(goal, by=request.user)
    return done(request, to=_place(goal), message=_("«%(title)s» restored.") % {"title": goal.title})


def _find(workspace: Workspace, n: int) -> Goal:
    return thing_in(workspace, Goal.objects.live().select_related("created_by", "frozen_by"), number=n)


def _place(goal: Goal) -> str:
    """Where it stands on the page of goals."""
    return f"{reverse('goals', args=[goal.workspace_id])}#goal-{goal.number}"


def _index(request: HttpRequest, workspace: Workspace, form: GoalForm, status: int = 200) -> HttpResponse:
    page, groups = queries.goals_page(workspace, after=request.GET.get("after", ""))
    context = frame(workspace, request.user, "goals", page=page, groups=groups, form=form, opened=status != 200)
    return render(request, "workspaces/goals/index.html", context, status=status)


def _answer(request: HttpRequest, goal: Goal, message: str, undo: str = "") -> HttpResponse:
    context = {"workspace": goal.workspace, "goal": queries.one_goal(goal)}
    return done(
        request, to=_place(goal), template="workspaces/goals/_goal.html", context=context, message=message, undo=undo
    )
