"""Every morning: to-dos and milestones that are due within three days, to-dos and milestones that were due in the last week.

Each is told once a due day: moving the day makes it news again, running the job twice does not.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from superviseme.events.models import Event
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.roles import Seat
from superviseme.projects.models import OVER
from superviseme.theses.states import ENDED
from superviseme.web.time import today
from superviseme.workspaces.models import Milestone, Todo
from superviseme.workspaces.todos.models import TodoState

AHEAD, BEHIND = timedelta(days=3), timedelta(days=7)
AT_REST = Q(workspace__thesis__state__in=ENDED) | Q(workspace__project__state__in=OVER)


def remind_of_due_days(fence: Callable[[], None] = lambda: None) -> str:
    day = today()
    soon, passed = Q(due_on__range=(day, day + AHEAD)), Q(due_on__range=(day - BEHIND, day - timedelta(days=1)))
    todos = _under_way(Todo.objects.filter(state__in=[TodoState.OPEN, TodoState.DOING]))
    milestones = _under_way(Milestone.objects.filter(reached_at=None))
    told = 0
    for verb, things in (
        (Verb.TODO_DUE, todos.filter(soon)),
        (Verb.TODO_OVERDUE, todos.filter(passed)),
        (Verb.MILESTONE_DUE, milestones.filter(soon)),
        (Verb.MILESTONE_MISSED, milestones.filter(passed)),
    ):
        told += _remind(verb, list(things), fence)
    return f"{told} reminders" if told else ""


def _under_way(things: QuerySet) -> QuerySet:
    """Nobody is reminded of what is deleted, frozen or over."""
    live = things.filter(deleted_at=None, workspace__deleted_at=None, workspace__frozen_at=None).exclude(AT_REST)
    return live.select_related("workspace").prefetch_related("workspace__members").order_by("pk")


def _remind(verb: Verb, things: list[Any], fence: Callable[[], None]) -> int:
    known = _told_before(verb, things)
    fresh = [t for t in things if (t.pk, t.due_on.isoformat()) not in known]
    for thing in fresh:
        fence()
        with transaction.atomic():
            announce(verb, thing, by=None, to=_concerned(verb, thing), due_on=thing.due_on.isoformat())
    return len(fresh)


def _told_before(verb: Verb, things: Iterable[Any]) -> set[tuple[int, str]]:
    events = Event.objects.filter(verb=verb, thing_id__in=[t.pk for t in things]).only("thing_id", "data")
    return {(e.thing_id or 0, e.data.get("due_on", "")) for e in events}


def _concerned(verb: Verb, thing: Any) -> list[int]:
    """Whoever has it to do; without an assignee, the authors. A missed milestone is told to who supervises as well."""
    assignee = getattr(thing, "assignee_id", None)
    seats = {Seat.AUTHOR, Seat.SUPERVISOR} if verb == Verb.MILESTONE_MISSED else {Seat.AUTHOR}
    return [assignee] if assignee else [pk for pk, seat in thing.workspace.seats.items() if seat in seats]
