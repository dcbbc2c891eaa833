"""Milestones shaped for their page, the workspace's overview and the desks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import prepared
from superviseme.web.text import markdown
from superviseme.web.time import today

from ..room.models import Workspace
from ..todos.references import linker, resolve
from .models import Milestone


@dataclass(frozen=True)
class Progress:
    """How far a workspace is: for the progress line (ui macro in workspaces/milestones/_progress.html)."""

    reached: int
    total: int
    overdue: int
    next: Milestone | None


def progress(workspace: Workspace) -> Progress:
    """In two queries."""
    rows = Milestone.objects.filter(workspace=workspace, deleted_at=None)
    found = rows.aggregate(
        total=Count("pk"),
        reached=Count("pk", filter=Q(reached_at__isnull=False)),
        overdue=Count("pk", filter=Q(reached_at=None, due_on__lt=today())),
    )
    waiting = found["total"] > found["reached"]
    return Progress(found["reached"], found["total"], found["overdue"], next_deadline(workspace) if waiting else None)


def progress_beside(page: Page, workspace: Workspace) -> Progress:
    """The same where the milestones themselves are shown: no query when they are all on the page."""
    if page.newer or page.older:
        return progress(workspace)
    waiting = [m for m in page.rows if not m.is_reached]
    reached = len(page.rows) - len(waiting)
    return Progress(reached, len(page.rows), sum(m.is_overdue for m in waiting), waiting[0] if waiting else None)


def next_deadline(workspace: Workspace) -> Milestone | None:
    """The first milestone not reached; one overdue counts."""
    found = _waiting().filter(workspace=workspace).order_by("due_on", "number").first()
    if found:
        found.workspace = workspace
    return found


def milestones_page(workspace: Workspace, after: str = "") -> Page:
    """25 milestones in the order of their days, reached or not."""
    page = keyset_page(_milestones(workspace.pk), order=("due_on", "number"), after=after)
    _dress(page.rows, workspace)
    return page


@prepared
def _milestones(workspace: int) -> QuerySet:
    return Milestone.objects.filter(workspace=workspace, deleted_at=None).select_related("created_by", "reached_by")


def one_milestone(milestone: Milestone) -> Milestone:
    _dress([milestone], milestone.workspace)
    return milestone


def _waiting() -> Any:
    return Milestone.objects.filter(deleted_at=None, reached_at=None).order_by()


def _dress(milestones: list[Milestone], workspace: Workspace) -> None:
    """Give each its description as `.html`, with to-dos linked: one query for all, none without references."""
    link = linker(resolve(workspace, "\n\n".join(m.description for m in milestones)))
    for milestone in milestones:
        milestone.workspace = workspace
        milestone.html = markdown(milestone.description, link)
