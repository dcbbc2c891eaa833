"""The way of a thesis so far."""

from typing import Any

from django.db.models import QuerySet

from superviseme.policy.actions import Action
from superviseme.policy.check import Verdict, can
from superviseme.policy.roles import Seat
from superviseme.web.prepared import prepared
from superviseme.workspaces.models import Workspace

from ..models import StateChange, Thesis, Topic
from ..states import PATH, State, is_offered, label_of, moves_from


def changes_of(thesis: Thesis) -> list[StateChange]:
    """All steps, oldest first; read once per thesis object."""
    if not hasattr(thesis, "changes_read"):
        thesis.changes_read = _changes(thesis.pk).fetch()
    return thesis.changes_read


@prepared
def _changes(thesis: int) -> QuerySet:
    return StateChange.objects.filter(thesis=thesis).select_related("by")


def steps_of(thesis: Thesis) -> list[dict[str, Any]]:
    """The step bar: each state of the straight way with the date it was last reached."""
    dates = {change.target: change.at for change in changes_of(thesis)}
    dates.setdefault(thesis.state, thesis.state_since)
    reached = _index(thesis, dates)
    steps = []
    for index, state in enumerate(PATH):
        if state not in dates and (not is_offered(state) or (state == State.PROPOSED and reached)):
            continue  # this site goes without it; most begin as accepted
        when = dates.get(state) if index <= reached else None
        look = "todo" if index > reached else "current" if state == thesis.state else "done" if when else "skipped"
        steps.append({"label": label_of(state), "when": when, "state": look})
    return steps


def possible_moves(thesis: Thesis, person: Any) -> list[tuple[Any, Verdict]]:
    """What the table offers from here, each with the verdict for this person. Handing in has its own page."""
    moves = [m for m in moves_from(thesis.state) if m.action is not Action.THESIS_SUBMIT]
    return [(m, can(person, m.action, thesis)) for m in moves]


def next_move(thesis: Thesis, person: Any) -> Any:
    """The first step forward that this person may take, for a button."""
    here = PATH.index(State(thesis.state)) if thesis.state in PATH else len(PATH)
    forward = (m for m, verdict in possible_moves(thesis, person) if verdict and m.target in PATH[here + 1 :])
    return next(forward, None)


def works_on(topic: Topic, student: Any) -> bool:
    """Whether a thesis of this student came of the topic and was not withdrawn."""
    rows = Workspace.objects.live().with_seat(student, Seat.AUTHOR).filter(thesis__topic=topic)
    return rows.exclude(thesis__state=State.WITHDRAWN).exists()


def _index(thesis: Thesis, dates: dict[str, Any]) -> int:
    """How far it is on the straight way; one that is suspended or withdrawn as far as it was before."""
    if thesis.state in PATH:
        return PATH.index(State(thesis.state))
    before = [c.source for c in changes_of(thesis) if c.target == thesis.state and c.source in PATH]
    return PATH.index(State(before[-1])) if before else max((PATH.index(s) for s in PATH if s in dates), default=0)
