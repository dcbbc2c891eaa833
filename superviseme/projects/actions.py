"""Projects: create, edit what only a project has, move its state."""

from datetime import date

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import hold
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.policy.roles import Kind, Seat
from superviseme.web.answers import Stale
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.people.actions import seat_person
from superviseme.workspaces.room.actions import edit_workspace, lock_open
from superviseme.workspaces.things import recent_twin

from .models import Project, ProjectKind, ProjectState, ProjectStateChange


@transaction.atomic
def create_project(
    *,
    title: str,
    description: str,
    by: Person,
    kind: str = ProjectKind.RESEARCH,
    starts_on: date | None = None,
    ends_on: date | None = None,
    funding: str = "",
) -> Project:
    """A project led by who creates it."""
    require(by, Action.PROJECT_CREATE)
    hold(by)
    twin = recent_twin(Workspace.objects.filter(kind=Kind.PROJECT), by=by, title=title, description=description)
    if twin:
        return twin.project
    workspace = Workspace.objects.create(kind=Kind.PROJECT, title=title, description=description, created_by=by)
    project = Project.objects.create(
        workspace=workspace, kind=kind, starts_on=starts_on, ends_on=ends_on, funding=funding
    )
    ProjectStateChange.objects.create(project=project, target=project.state, by=by)
    seat_person(workspace, person=by, seat=Seat.AUTHOR, by=by)
    announce(Verb.WORKSPACE_CREATED, workspace, by=by)
    return project


@transaction.atomic
def edit_project(
    project: Project,
    *,
    title: str,
    description: str,
    kind: str,
    starts_on: date | None,
    ends_on: date | None,
    funding: str,
    by: Person,
    version: int | None = None,
) -> Project:
    facts = {"kind": kind, "starts_on": starts_on, "ends_on": ends_on, "funding": funding}
    mine = Project.objects.filter(pk=project.pk)
    words = {"title": title, "description": description}
    edit_workspace(project.workspace, **words, version=version, by=by, besides=not mine.filter(**facts).exists())
    mine.update(**facts)
    project.refresh_from_db(fields=list(facts))
    return project


@transaction.atomic
def move_project(project: Project, *, target: ProjectState, by: Person, why: str = "", source: str = "") -> None:
    """`source` is the state the form was opened in: Stale when it moved since."""
    require(by, Action.PROJECT_MOVE, project.workspace)
    lock_open(project.workspace)
    project.refresh_from_db(fields=["state"])
    if project.state == target:
        return  # pressed twice, or another did the same
    if source and project.state != source:
        raise Stale(project)
    source = project.state
    if Project.objects.filter(pk=project.pk, state=source).update(state=target, state_since=now()) != 1:
        raise Stale(project)
    project.refresh_from_db(fields=["state", "state_since"])
    ProjectStateChange.objects.create(project=project, source=source, target=target, by=by, why=why)
    announce(Verb.PROJECT_MOVED, project.workspace, by=by, state=str(target.label), target=str(target), why=why)
