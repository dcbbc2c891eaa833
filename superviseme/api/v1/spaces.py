"""Workspaces, and what only theses and only projects have."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Field
from ninja.responses import Status

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.policy.roles import Kind
from superviseme.projects import actions as projects
from superviseme.projects.forms import ProjectForm
from superviseme.projects.models import ProjectKind, ProjectState
from superviseme.theses.access import thesis_for
from superviseme.theses.levels import Level
from superviseme.theses.progress import actions as theses
from superviseme.theses.progress.forms import FactsForm
from superviseme.theses.states import State
from superviseme.workspaces.room import actions
from superviseme.workspaces.room.access import workspace_for
from superviseme.workspaces.room.forms import WorkspaceForm

from ..tokens.models import Area
from . import reads
from .doors import Invalid, Room, listed, rows_of
from .shapes import ProjectOut, ThesisOut, WorkspaceOut
from .takes import Change, Sent, Text, fit, json_of, sent

room = Room(Area.WORKSPACES, "Workspaces")
ONE, THESIS, PROJECT = "/workspaces/{int:pk}", "/theses/{int:pk}", "/projects/{int:pk}"
Words = Literal[tuple(State.values)]  # type: ignore[valid-type]  # the words stand in one table
ProjectWords = Literal[tuple(ProjectState.values)]  # type: ignore[valid-type]  # as above
ProjectKinds = Literal[tuple(ProjectKind.values)]  # type: ignore[valid-type]  # as above
Levels = Literal[tuple(Level.values)]  # type: ignore[valid-type]  # as above
LongTitle = Annotated[str, Field(min_length=1, max_length=300)]
Why = Annotated[str, Field(max_length=500, description="Everybody in the workspace reads it")]
Funding = Annotated[str, Field(max_length=200)]
Keyword = Annotated[str, Field(min_length=1, max_length=50, pattern="^[^,]+$")]


class WorkspaceChange(Change):
    title: LongTitle = ""
    description: Text = ""


class FreezeIn(Sent):
    why: Annotated[str, Field(max_length=300, description="Everybody in the workspace reads it")] = ""


class ThesisChange(Change):
    level: Levels = ""  # type: ignore[valid-type]  # as above
    submit_by: dt.date | None = None
    keywords: Annotated[list[Keyword], Field(max_length=20)] = []


class MoveThesis(Sent):
    target: Words  # type: ignore[valid-type]  # as above
    source: Words | None = None  # type: ignore[valid-type]  # as above
    why: Why = ""


class ProjectIn(Sent):
    title: LongTitle
    description: Annotated[str, Field(min_length=1, max_length=50_000)]
    kind: ProjectKinds = "research"  # type: ignore[valid-type]  # as above
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    funding: Funding = ""


class ProjectChange(ProjectIn, Change):
    title: LongTitle = ""
    description: Annotated[str, Field(min_length=1, max_length=50_000)] = ""


class MoveProject(Sent):
    target: ProjectWords  # type: ignore[valid-type]  # as above
    why: Why = ""


@room.answers("GET", "/workspaces", "workspaces", gives=rows_of(WorkspaceOut), says="Theses and projects")
def every_workspace(request: HttpRequest, after: str = "") -> Any:
    return listed(reads.workspaces_page(request.user, after))


@room.answers("GET", ONE, "workspace", gives=WorkspaceOut, says="One workspace")
def workspace(request: HttpRequest, pk: int) -> Any:
    return workspace_for(request, pk)


@room.answers("PATCH", ONE, "workspace", gives=WorkspaceOut, takes=json_of(WorkspaceChange), says="Change its words")
def change_workspace(request: HttpRequest, pk: int) -> Any:
    found = workspace_for(request, pk)
    require(request.user, Action.WORKSPACE_EDIT, found)
    now = {"title": found.title, "description": found.description}
    actions.edit_workspace(found, **fit(WorkspaceForm({**now, **sent(request, WorkspaceChange)})), by=request.user)
    return workspace_for(request, pk)


@room.answers(
    "POST", f"{ONE}/freeze", "workspace_freeze", gives=WorkspaceOut, takes=json_of(FreezeIn), says="Freeze it"
)
def freeze(request: HttpRequest, pk: int) -> Any:
    found = workspace_for(request, pk)
    require(request.user, Action.WORKSPACE_FREEZE, found)
    actions.freeze_workspace(found, why=sent(request, FreezeIn).get("why", ""), by=request.user)
    return workspace_for(request, pk)


@room.answers("POST", f"{ONE}/unfreeze", "workspace_unfreeze", gives=WorkspaceOut, says="It can be changed again")
def unfreeze(request: HttpRequest, pk: int) -> Any:
    actions.unfreeze_workspace(workspace_for(request, pk), by=request.user)
    return workspace_for(request, pk)


@room.answers("GET", "/theses", "theses", gives=rows_of(ThesisOut), says="Theses you can see")
def every_thesis(request: HttpRequest, after: str = "", state: Words | None = None) -> Any:  # type: ignore[valid-type]  # as above
    return listed(reads.workspaces_page(request.user, after, Kind.THESIS, state or ""))


@room.answers("GET", THESIS, "thesis", gives=ThesisOut, says="One thesis, by its workspace")
def thesis(request: HttpRequest, pk: int) -> Any:
    return thesis_for(request, pk).workspace


@room.answers("PATCH", THESIS, "thesis", gives=ThesisOut, takes=json_of(ThesisChange), says="Change its facts")
def change_thesis(request: HttpRequest, pk: int) -> Any:
    found = thesis_for(request, pk)
    require(request.user, Action.WORKSPACE_EDIT, found.workspace)
    now = {"level": found.level, "submit_by": found.submit_by, "keywords": [k.word for k in found.keywords.all()]}
    body = {**now, **sent(request, ThesisChange)}
    form = FactsForm({**body, "keywords": ",".join(body["keywords"])}, initial={"level": found.level})
    theses.edit_thesis(found, **fit(form), by=request.user)
    return thesis(request, pk)


@room.answers("POST", f"{THESIS}/state", "thesis_state", gives=ThesisOut, takes=json_of(MoveThesis), says="Move it on")
def move_thesis(request: HttpRequest, pk: int) -> Any:
    """One step of the table of states. With `source` it is refused (409) when the thesis has moved since."""
    found = thesis_for(request, pk)
    try:
        body = sent(request, MoveThesis)
    except Invalid:
        require(request.user, Action.STATE_MOVE, found)  # who may move it depends on where to
        raise
    theses.move_thesis(found, **{**body, "source": body.get("source") or ""}, by=request.user)
    return thesis(request, pk)


@room.answers("GET", "/projects", "projects", gives=rows_of(ProjectOut), says="Projects you can see")
def every_project(request: HttpRequest, after: str = "", state: ProjectWords | None = None) -> Any:  # type: ignore[valid-type]  # as above
    return listed(reads.workspaces_page(request.user, after, Kind.PROJECT, state or ""))


@room.answers("POST", "/projects", "projects", gives=ProjectOut, status=201, takes=json_of(ProjectIn), says="Begin one")
def begin(request: HttpRequest) -> Any:
    require(request.user, Action.PROJECT_CREATE)
    data = fit(ProjectForm({"kind": "research", **sent(request, ProjectIn)}))
    data.pop("version")
    return Status(201, project(request, projects.create_project(**data, by=request.user).workspace_id))


@room.answers("GET", PROJECT, "project", gives=ProjectOut, says="One project, by its workspace")
def project(request: HttpRequest, pk: int) -> Any:
    found = workspace_for(request, pk)
    if found.kind != Kind.PROJECT:
        raise Http404
    found.project.workspace = found
    return found


@room.answers("PATCH", PROJECT, "project", gives=ProjectOut, takes=json_of(ProjectChange), says="Change it")
def change_project(request: HttpRequest, pk: int) -> Any:
    found = project(request, pk)
    require(request.user, Action.WORKSPACE_EDIT, found)
    now = {name: getattr(found.project, name) for name in ("kind", "starts_on", "ends_on", "funding")}
    now |= {"title": found.title, "description": found.description}
    projects.edit_project(found.project, **fit(ProjectForm({**now, **sent(request, ProjectChange)})), by=request.user)
    return project(request, pk)


@room.answers("POST", f"{PROJECT}/state", "project_state", gives=ProjectOut, takes=json_of(MoveProject), says="Move it")
def move_project(request: HttpRequest, pk: int) -> Any:
    found = project(request, pk)
    require(request.user, Action.PROJECT_MOVE, found)
    body = sent(request, MoveProject)
    projects.move_project(found.project, target=ProjectState(body.pop("target")), **body, by=request.user)
    return project(request, pk)
