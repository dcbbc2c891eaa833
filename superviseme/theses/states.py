"""How a thesis lives: the one table of states and moves. docs/states.md is generated from it."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from superviseme.policy.actions import Action
from superviseme.site.table import MAY_BE_LEFT_OUT
from superviseme.site.values import setting


class State(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    IN_PROGRESS = "in_progress", _("In progress")
    WRITING = "writing", _("Writing")
    IN_REVIEW = "in_review", _("In review")
    SUBMITTED = "submitted", _("Submitted")
    DEFENDED = "defended", _("Defended")
    COMPLETED = "completed", _("Completed")
    SUSPENDED = "suspended", _("Suspended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = State
PATH = (S.PROPOSED, S.ACCEPTED, S.IN_PROGRESS, S.WRITING, S.IN_REVIEW, S.SUBMITTED, S.DEFENDED, S.COMPLETED)
"""The straight way, for the step bar."""

WORKING = (S.ACCEPTED, S.IN_PROGRESS, S.WRITING, S.IN_REVIEW)
ENDED = frozenset({S.COMPLETED, S.WITHDRAWN})
SUBMITTABLE = (S.IN_PROGRESS, S.WRITING, S.IN_REVIEW)
GRADABLE = frozenset({S.SUBMITTED, S.DEFENDED})


@dataclass(frozen=True)
class Move:
    source: State
    target: State
    action: Action
    label: str | Promise


def _label(state: State) -> Any:
    """Asked when it is shown: the table is made before there are settings."""
    return lazy(lambda: label_of(state), str)()


def _moves() -> tuple[Move, ...]:
    su = Action.STATE_MOVE
    found = [
        Move(S.PROPOSED, S.ACCEPTED, su, _("Accept the proposal")),
        Move(S.ACCEPTED, S.IN_PROGRESS, su, _("Start the work")),
        Move(S.IN_PROGRESS, S.WRITING, su, _("Start writing")),
        Move(S.IN_PROGRESS, S.IN_REVIEW, su, _("Send to review")),
        Move(S.WRITING, S.IN_PROGRESS, su, _("Back to the work")),
        Move(S.WRITING, S.IN_REVIEW, su, _("Send to review")),
        Move(S.IN_REVIEW, S.WRITING, su, _("Back to writing")),
        Move(S.SUBMITTED, S.IN_REVIEW, su, _("Reopen for changes")),
        Move(S.SUBMITTED, S.DEFENDED, Action.THESIS_OUTCOME, _("Record the defence")),
        Move(S.DEFENDED, S.COMPLETED, su, _("Complete")),
        Move(S.SUBMITTED, S.COMPLETED, su, _("Complete without a defence")),
    ]
    found += [Move(s, S.SUBMITTED, Action.THESIS_SUBMIT, _("Hand in")) for s in SUBMITTABLE]
    found += [Move(s, S.SUSPENDED, su, _("Suspend")) for s in (S.PROPOSED, *WORKING)]
    found += [Move(S.SUSPENDED, s, su, format_lazy("{}: {}", _("Resume"), _label(s))) for s in (S.PROPOSED, *WORKING)]
    found += [Move(s, S.WITHDRAWN, su, _("Withdraw")) for s in (S.PROPOSED, *WORKING, S.SUSPENDED, S.SUBMITTED)]
    found += [Move(S.WITHDRAWN, S.ACCEPTED, su, _("Take up again")), Move(S.COMPLETED, S.DEFENDED, su, _("Reopen"))]
    return tuple(found)


MOVES = _moves()


def moves_from(state: str) -> list[Move]:
    return [m for m in MOVES if m.source == state and is_offered(m.target)]


def find_move(source: str, target: str) -> Move | None:
    return next((m for m in moves_from(source) if m.target == target), None)


def is_offered(state: str) -> bool:
    """Whether this site uses the state; some of them a site can do without."""
    return state not in MAY_BE_LEFT_OUT or state in setting("states_offered")


_WORDS = {state.value: state.label for state in State}


def label_of(state: str) -> str:
    """The word for a state. The one place to ask: a site may rename states."""
    named = setting("state_names").get(state)
    return named or str(_WORDS.get(state, state))


def label_of_its_state(thing: Any) -> str:
    """As a model's get_state_display."""
    return label_of(thing.state)
