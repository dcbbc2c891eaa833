"""The list of projects, a new one, and what only a project has."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.policy.labels import adjective
from superviseme.policy.roles import Kind
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done
from superviseme.web.forms import posted
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.access import workspace_for
from superviseme.workspaces.room.frame import frame
from superviseme.workspaces.room.kinds import panel_of
from superviseme.workspaces.room.overview import summary

from . import actions, queries
from .forms import ProjectForm, StateForm
from .models import ProjectState


@signed_in("GET")
def index(request: HttpRequest) -> HttpResponse:
    return _list(request, everybodys=False)


@signed_in("GET", action=Action.SITE_MANAGE)
def everything(request: HttpRequest) -> HttpResponse:
    """The list that everybody has, with every project in it and something to do with many at once."""
    return _list(request, everybodys=True)


@signed_in("GET", "POST", action=Action.PROJECT_CREATE)
def new(request: HttpRequest) -> HttpResponse:
    form = ProjectForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = {k: v for k, v in form.cleaned_data.items() if k != "version"}
        project = actions.create_project(**data, by=request.user)
        return done(request, to=project.get_absolute_url(), message=_("Project created."))
    return render(request, "projects/new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = _project_workspace(request, pk)
    require(request.user, Action.WORKSPACE_EDIT, workspace)
    project = workspace.project
    initial = {f: getattr(project, f) for f in ("kind", "starts_on", "ends_on", "funding")}
    initial |= {"title": workspace.title, "description": workspace.description, "version": workspace.version}
    form = ProjectForm(posted(request), initial=initial)
    tried = attempt(form, partial(actions.edit_project, project, by=request.user))
    if tried.saved:
        return done(request, to=workspace.get_absolute_url())
    context = frame(workspace, request.user, "overview", form=form, current=tried.current)
    return render(request, "projects/edit.html", context, status=tried.status)


@signed_in("POST")
def state(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = _project_workspace(request, pk)
    require(request.user, Action.PROJECT_MOVE, workspace)
    form = StateForm(request.POST)
    tried = attempt(form, partial(actions.move_project, workspace.project, by=request.user))
    if not tried.saved:
        workspace = _project_workspace(request, pk)  # as another left it
        panel = panel_of(workspace, request.user)
        context = frame(workspace, request.user, "overview", panel=panel, state_form=form, **summary(workspace))
        return render(
            request, "workspaces/room/overview.html", {**context, "moved": tried.current}, status=tried.status
        )
    words = _("The project is %(state)s now.") % {"state": adjective(workspace.project.get_state_display())}
    return done(request, to=workspace.get_absolute_url(), message=words)


def _list(request: HttpRequest, *, everybodys: bool) -> HttpResponse:
    q, state = request.GET.get("q", "")[:200].replace("\x00", ""), request.GET.get("state", "")
    page = queries.projects_page(request.user, after=request.GET.get("after", ""), q=q, state=state)
    states = [*ProjectState.choices, (queries.FROZEN, _("Frozen or archived")), (queries.DELETED, _("Deleted"))]
    context = {
        "page": page,
        "q": q,
        "state": state,
        "states": states,
        "everybodys": everybodys,
        "here": reverse("all_projects" if everybodys else "projects"),
        "moves": ProjectState.choices,
        "batch_url": reverse("projects_batch"),
    }
    return render(request, "projects/index.html", context)


def _project_workspace(request: HttpRequest, pk: int) -> Workspace:
    workspace = workspace_for(request, pk)
    if workspace.kind != Kind.PROJECT:
        raise Http404
    workspace.project.workspace = workspace
    return workspace
