"""What stands in a person's calendar: meetings they are asked to, and days that wait for them."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from superviseme.accounts.models import Person
from superviseme.policy.roles import Kind, Seat
from superviseme.theses.models import Thesis
from superviseme.theses.states import ENDED, SUBMITTABLE, State
from superviseme.web.time import now
from superviseme.workspaces.models import Meeting, Milestone, Todo, Workspace

BACK = dt.timedelta(days=180)
MOST = 1000  # of each


def meetings_of(person: Person) -> list[Meeting]:
    """Also the cancelled ones, so that calendars strike them out."""
    rows = Meeting.objects.live().filter(attendees__person=person, workspace__in=_spaces(person))
    return list(rows.filter(starts_at__gt=now() - BACK).order_by("-starts_at", "-pk")[:MOST])


def todos_of(person: Person) -> list[Todo]:
    rows = Todo.objects.live().filter(assignee=person, state__in=["open", "doing"], due_on__isnull=False)
    return _coming(rows.filter(workspace__in=_spaces(person)))


def milestones_of(person: Person) -> list[Milestone]:
    """Not yet reached, of theses and projects that go on and in which the person works."""
    return _coming(Milestone.objects.live().filter(reached_at=None, workspace__in=_going_on(person)))


def theses_of(person: Person) -> list[Thesis]:
    """Theses with a day of hand-in or defence ahead."""
    rows = Thesis.objects.filter(workspace__in=_spaces(person), workspace__frozen_at=None).exclude(state__in=ENDED)
    return list(rows.select_related("workspace").order_by("pk")[:MOST])


def is_to_hand_in(thesis: Thesis) -> bool:
    return thesis.submit_by is not None and thesis.state in (State.ACCEPTED, *SUBMITTABLE)


def _spaces(person: Person) -> Any:
    """Where the person has a seat: an administrator's calendar is not everybody's."""
    return Workspace.objects.live().with_seat(person, *Seat)


def _going_on(person: Person) -> Any:
    seats = (Seat.AUTHOR, Seat.SUPERVISOR, Seat.COLLABORATOR)
    rows = Workspace.objects.live().with_seat(person, *seats).filter(frozen_at=None)
    ended = Workspace.objects.filter(kind=Kind.THESIS, thesis__state__in=ENDED)
    return rows.exclude(pk__in=ended.values("pk"))


def _coming(rows: QuerySet) -> list[Any]:
    since = (now() - BACK).date()
    return list(rows.filter(due_on__gt=since).select_related("workspace").order_by("due_on", "pk")[:MOST])
