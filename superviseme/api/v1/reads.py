"""Rows as the API gives them: what a shape reads comes along in a fixed number of queries."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from superviseme.accounts.models import BY_NAME, Person, PersonQuerySet
from superviseme.policy.roles import Kind
from superviseme.theses.models import Topic
from superviseme.theses.topics.queries import give_people as give_offerers
from superviseme.web.paging import Page, keyset_page
from superviseme.workspaces.files.queries import with_versions
from superviseme.workspaces.meetings.queries import with_people
from superviseme.workspaces.models import Document, Goal, Meeting, Member, Milestone, Todo, Workspace
from superviseme.workspaces.room.access import thing_in, workspace_for
from superviseme.workspaces.room.queries import give_people

from .doors import listed

MADE = "created_by"
TOLD_OF_TODOS = (MADE, "assignee", "closed_by", "meeting")


def workspaces_page(person: Person, after: str, kind: Kind | None = None, state: str = "") -> Page:
    """What the person can see, the most recently active first."""
    rows = Workspace.objects.visible_to(person).select_related("thesis", "project")
    if kind:
        rows = rows.filter(kind=kind)
    if kind and state:
        rows = rows.filter(**{f"{kind}__state": state})
    page = keyset_page(rows, order=("-active_at", "-pk"), after=after)
    give_people(page.rows)
    for workspace in page.rows:
        know_each_other(workspace)
    return page


def know_each_other(workspace: Workspace) -> Workspace:
    """The law asks the workspace of a thesis: it is this one, with its seats."""
    if workspace.kind == Kind.THESIS:
        workspace.thesis.workspace = workspace  # type: ignore[attr-defined]  # the room above it
    return workspace


def topics_page(person: Person, after: str, state: str) -> Page:
    rows: Any = Topic.objects.visible_to(person).select_related("publisher")
    rows = rows.filter(state=state) if state else rows
    page = keyset_page(rows, order=("-published_at", "-pk"), after=after)
    give_offerers(page.rows)
    return page


def people_page(person: Person, after: str) -> Page:
    return keyset_page(people_seen_by(person).alphabetical(), order=BY_NAME, after=after)


def people_seen_by(person: Person) -> PersonQuerySet:
    """Who shares a workspace with the person, and the person; everybody for administrators."""
    if person.is_admin:
        return Person.objects.active()
    shared = Member.objects.filter(workspace__in=Workspace.objects.visible_to(person))
    return Person.objects.active().filter(Q(pk__in=shared.values("person")) | Q(pk=person.pk))


ROWS: dict[Any, Callable[[Any], Any]] = {
    Todo: lambda rows: rows.select_related(*TOLD_OF_TODOS),
    Milestone: lambda rows: rows.select_related(MADE, "reached_by"),
    Goal: lambda rows: rows.select_related(MADE),
    Meeting: lambda rows: with_people(rows.select_related(MADE)),
    Document: with_versions,
}


def rows_in(workspace: Workspace, model: Any, *, gone: bool = False) -> Any:
    """Things of a workspace with all that their shape shows; `gone`: the deleted ones too."""
    rows = model.objects.all() if gone else model.objects.live()
    return ROWS[model](rows.filter(workspace=workspace))


def finder(model: Any) -> Callable[..., Any]:
    """`find(request, pk, n)`: the thing of this number in this workspace; else 404."""

    def find(request: HttpRequest, pk: int, n: int, *, gone: bool = False) -> Any:
        workspace = workspace_for(request, pk)
        return thing_in(workspace, rows_in(workspace, model, gone=gone), number=n)

    return find


def page_in(workspace: Workspace, rows: Any, *, order: tuple[str, ...], after: str) -> dict[str, Any]:
    page = keyset_page(rows, order=order, after=after)
    for row in page.rows:
        row.workspace = workspace
    return listed(page)
