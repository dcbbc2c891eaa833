"""Projects shaped for pages."""

from typing import Any

from django.db.models import Q

from superviseme.policy.roles import Kind, Seat
from superviseme.web.paging import Page, keyset_page
from superviseme.workspaces.models import Workspace

from .models import ProjectState

DELETED = "deleted"


def projects_page(person: Any, *, after: str = "", q: str = "", state: str = "") -> Page:
    """Projects the person can see, the most recently active first; `state` DELETED: those the person may restore."""
    rows = _deleted(person) if state == DELETED else Workspace.objects.visible_to(person)
    rows = rows.filter(kind=Kind.PROJECT).select_related("project").with_people()
    if q:
        rows = rows.filter(Q(title__icontains=q) | Q(description__icontains=q))
    if state in ProjectState.values:
        rows = rows.filter(project__state=state)
    return keyset_page(rows, order=("-active_at", "-pk"), after=after)


def _deleted(person: Any) -> Any:
    rows = Workspace.objects.reachable_by(person).exclude(deleted_at=None)
    return rows if person.is_admin else rows.with_seat(person, Seat.AUTHOR)
