"""Pages and clicks of milestones: workspace through `visible_to`, form, one action, answer."""

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
from .forms import MilestoneEditForm, MilestoneForm
from .models import Milestone


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    if request.method == "GET":
        return _index(request, workspace, MilestoneForm())
    require(request.user, Action.MILESTONE_ADD, workspace)
    form = MilestoneForm(request.POST)
    if not form.is_valid():
        if is_htmx(request):
            context = {"workspace": workspace, "form": form}
            return piece(request, "workspaces/milestones/_composer.html", context, status=422)
        return _index(request, workspace, form, status=422)
    milestone = actions.add_milestone(workspace, **form.cleaned_data, by=request.user)
    context = {"workspace": workspace, "form": MilestoneForm(), **_line(workspace)} if is_htmx(request) else {}
    message = _("Milestone «%(title)s» added.") % {"title": milestone.title}
    to, template = _place(milestone), "workspaces/milestones/_added.html"
    return answered(request, workspace, to=to, template=template, context=context, message=message)


@signed_in("GET")
def show(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    milestone = queries.one_milestone(_find(workspace, n))
    context = frame(workspace, request.user, "milestones", milestone=milestone)
    return render(request, "workspaces/milestones/show.html", context)


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    milestone = _find(workspace, n)
    require(request.user, Action.MILESTONE_EDIT, milestone)
    initial = {name: getattr(milestone, name) for name in ("title", "due_on", "description", "version")}
    form = MilestoneEditForm(posted(request), initial=initial)
    tried = attempt(form, partial(actions.edit_milestone, milestone, by=request.user))
    if tried.saved:
        return done(request, to=_place(milestone))
    context = frame(workspace, request.user, "milestones", milestone=milestone, form=form, current=tried.current)
    return render(request, "workspaces/milestones/edit.html", context, status=tried.status)


@signed_in("POST")
def completion(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    milestone = _find(workspace_for(request, pk), n)
    actions.reach_milestone(milestone, by=request.user)
    undo = reverse("milestone_reopening", args=[pk, n])
    return _answer(request, milestone, _("«%(title)s» is reached.") % {"title": milestone.title}, undo)


@signed_in("POST")
def reopening(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    milestone = _find(workspace_for(request, pk), n)
    actions.reopen_milestone(milestone, by=request.user)
    return _answer(request, milestone, _("«%(title)s» is to be reached again.") % {"title": milestone.title})


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    milestone = _find(workspace_for(request, pk), n)
    actions.delete_milestone(milestone, by=request.user)
    message = _("«%(title)s» deleted.") % {"title": milestone.title}
    undo = reverse("milestone_restoration", args=[pk, n])
    to = reverse("milestones", args=[pk])
    return answered(request, milestone.workspace, to=to, template="ui/_gone.html", message=message, undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    milestone = thing_in(workspace_for(request, pk), Milestone.objects.all(), number=n)
    actions.restore_milestone(milestone, by=request.user)
    return done(request, to=_place(milestone), message=_("«%(title)s» restored.") % {"title": milestone.title})


def _find(workspace: Workspace, n: int) -> Milestone:
    return thing_in(workspace, Milestone.objects.live().select_related("created_by", "reached_by"), number=n)


def _place(milestone: Milestone) -> str:
    """Where it stands on the page of milestones."""
    return f"{reverse('milestones', args=[milestone.workspace_id])}#milestone-{milestone.number}"


def _line(workspace: Workspace, after: str = "") -> dict[str, object]:
    """What _list.html shows."""
    page = queries.milestones_page(workspace, after)
    return {"page": page, "progress": queries.progress_beside(page, workspace)}


def _index(request: HttpRequest, workspace: Workspace, form: MilestoneForm, status: int = 200) -> HttpResponse:
    context = frame(workspace, request.user, "milestones", form=form, **_line(workspace, request.GET.get("after", "")))
    return render(request, "workspaces/milestones/index.html", context, status=status)


def _answer(request: HttpRequest, milestone: Milestone, message: str, undo: str = "") -> HttpResponse:
    """A tick moves the line, so a click is answered with the whole list."""
    workspace = milestone.workspace
    context = {"workspace": workspace, **_line(workspace, request.GET.get("after", ""))} if is_htmx(request) else {}
    to, template = _place(milestone), "workspaces/milestones/_list.html"
    return answered(request, workspace, to=to, template=template, context=context, message=message, undo=undo)
