"""Goals shaped for their page."""

from django.db.models import QuerySet

from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import prepared
from superviseme.web.text import markdown

from ..room.models import Workspace
from ..todos.references import linker, resolve
from .models import Goal, GoalKind


def goals_page(workspace: Workspace, after: str = "") -> tuple[Page, list[tuple[GoalKind, list[Goal]]]]:
    """25 goals, objectives before hypotheses, as numbered; and the same in their two groups."""
    page = keyset_page(_goals(workspace.pk), order=("-kind", "number"), after=after)
    for goal in page.rows:
        goal.workspace = workspace
    _dress(page.rows, workspace)
    return page, [(kind, [goal for goal in page.rows if goal.kind == kind]) for kind in GoalKind]


def one_goal(goal: Goal) -> Goal:
    _dress([goal], goal.workspace)
    return goal


@prepared
def _goals(workspace: int) -> QuerySet:
    return Goal.objects.live().filter(workspace=workspace).select_related("created_by", "frozen_by")


def _dress(goals: list[Goal], workspace: Workspace) -> None:
    """Give each its description as `.html`, with to-dos linked: one query for all."""
    link = linker(resolve(workspace, "\n\n".join(goal.description for goal in goals)))
    for goal in goals:
        goal.html = markdown(goal.description, link)
