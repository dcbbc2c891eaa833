"""Objectives and hypotheses, of theses and of projects, become goals."""

from superviseme.notifications.catalog import Verb
from superviseme.workspaces.goals.models import Goal, GoalKind, GoalState

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row

S = GoalState
STATES = {
    "active": S.OPEN,
    "open": S.OPEN,
    "pending": S.OPEN,
    "frozen": S.OPEN,
    "completed": S.REACHED,
    "achieved": S.REACHED,
    "reached": S.REACHED,
    "confirmed": S.REACHED,
    "supported": S.REACHED,
    "refuted": S.REFUTED,
    "rejected": S.REFUTED,
    "archived": S.DROPPED,
    "dropped": S.DROPPED,
    "cancelled": S.DROPPED,
}


def import_goals(source: Source, ledger: Ledger, table: str, kind: str, goal_kind: GoalKind) -> None:
    pairs: list[tuple[Row, Goal]] = []
    homes: dict[int, Home] = {}
    for row in ledger.new(source.rows(table)):
        home = ledger.room(row, kind)
        if home is not None:
            homes[row.id] = home
            pairs.append((row, _goal(row, home, goal_kind, ledger)))
    for row, goal in ledger.keep(pairs):
        ledger.stirred(homes[row.id], goal.created_at)
        ledger.happened(Verb.GOAL_ADDED, goal, goal.created_at, goal.created_by_id)


def _goal(row: Row, home: Home, goal_kind: GoalKind, ledger: Ledger) -> Goal:
    title, whole = row.titled("title", 200, empty=f"{goal_kind.label} {row.id}")
    state = row.choice("status", STATES, S.OPEN, absent=S.OPEN)
    if state == S.REFUTED and goal_kind != GoalKind.HYPOTHESIS:
        state = S.DROPPED
    frozen = row.flag("frozen", missing=False) or row.word("status").strip().lower() == "frozen"
    return Goal(
        workspace=home.workspace,
        number=ledger.next_number(home, "last_goal"),
        kind=goal_kind,
        title=title,
        description="\n\n".join(text for text in (whole, row.text("description")) if text),
        state=state,
        frozen_at=ledger.moment if frozen else None,
        frozen_by_id=(home.in_charge or ledger.former()) if frozen else None,
        created_by_id=ledger.writer(row),
        created_at=row.time_or("created_at", ledger.moment),
    )
