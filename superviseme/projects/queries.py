"""Projects shaped for pages."""

from typing import Any

from django.db.models import Q, QuerySet

from superviseme.policy.roles import Kind, Seat
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import Asked, prepared
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.queries import give_people

from .models import ProjectState

DELETED, FROZEN = "deleted", "frozen"


def projects_page(person: Any, *, after: str = "", q: str = "", state: str = "") -> Page:
    """Projects the person can see, the most recently active first; `state` DELETED: those the person may restore."""
    asked = _asked(person, state)
    page = keyset_page(_saying(asked.rows(), q) if q else asked, order=("-active_at", "-pk"), after=after)
    give_people(page.rows)
    return page


def matching(person: Any, query: Any) -> QuerySet[Workspace]:
    """Every project of the list at an address with this query, on all its pages."""
    rows = _asked(person, query.get("state", "")).rows()
    return _saying(rows, query.get("q", "")[:200].replace("\x00", ""))


def _asked(person: Any, state: str) -> Asked:
    return _projects(person, state=state if state in (*ProjectState.values, DELETED, FROZEN) else "")


def _saying(rows: QuerySet[Workspace], q: str) -> QuerySet[Workspace]:
    return rows.filter(Q(title__icontains=q) | Q(description__icontains=q)) if q else rows


@prepared
def _projects(person: Any, *, state: str) -> QuerySet[Workspace]:
    rows = _deleted(person) if state == DELETED else Workspace.objects.visible_to(person)
    rows = rows.filter(kind=Kind.PROJECT).select_related("project")
    if state == FROZEN:
        rows = rows.exclude(frozen_at=None)
    return rows.filter(project__state=state) if state in ProjectState.values else rows


def _deleted(person: Any) -> Any:
    rows = Workspace.objects.reachable_by(person).exclude(deleted_at=None)
    return rows if person.is_admin else rows.with_seat(person, Seat.AUTHOR)
