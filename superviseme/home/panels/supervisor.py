"""The supervisor's desk: one row a student, the ones who need a look first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, OuterRef, QuerySet, Subquery

from superviseme.policy.roles import Kind, Seat
from superviseme.theses.states import ENDED
from superviseme.web.prepared import prepared
from superviseme.workspaces.models import Milestone, Workspace
from superviseme.workspaces.room.queries import give_people

from .activity import last_act_of_author, silent_days, strips
from .guest import parted, seats_of_guests

ROWS = 30


@dataclass(frozen=True)
class StudentRow:
    names: str
    title: str
    href: str
    state: tuple[str, str]
    deadline: dt.date | None
    deadline_title: str
    last: dt.datetime | None
    silent: int  # days, 0 when not
    weeks: list[dict[str, Any]]
    frozen: bool


def students(person: Any) -> tuple[list[StudentRow], list[Any]]:
    """Running theses the person supervises, silent ones first, then by next deadline; and those with another seat."""
    seats = (Seat.SUPERVISOR, *seats_of_guests(person))
    spaces, guest = parted(person, give_people(_running(person.pk, seats=seats).fetch()))
    authors = {w.pk: {m.person_id for m in w.members.all() if m.seat == Seat.AUTHOR} for w in spaces}
    weeks = strips(authors)
    return in_order(student_row(w, weeks[w.pk]) for w in spaces), guest


@prepared
def _running(person: int, *, seats: tuple[Seat, ...]) -> QuerySet:
    rows = Workspace.objects.live().filter(kind=Kind.THESIS).with_seat(person, *seats)
    return with_deadlines(rows.exclude(thesis__state__in=ENDED))[:ROWS]


def in_order(rows: Iterable[StudentRow]) -> list[StudentRow]:
    return sorted(rows, key=lambda r: (-r.silent, r.deadline or dt.date.max, r.names))


def with_deadlines(spaces: Any) -> Any:
    """Workspaces with last act of the author and next deadline, the most recently active first."""
    coming = Milestone.objects.filter(workspace=OuterRef("pk"), deleted_at=None, reached_at=None).order_by(
        "due_on", "pk"
    )
    return (
        spaces.select_related("thesis", "project")
        .annotate(
            last_act=last_act_of_author(),
            deadline=Subquery(coming.values("due_on")[:1], output_field=DateField()),
            deadline_title=Subquery(coming.values("title")[:1], output_field=CharField()),
        )
        .order_by("-active_at", "-pk")
    )


def student_row(w: Any, weeks: list[dict[str, Any]]) -> StudentRow:
    authors = [m.person.full_name for m in w.members.all() if m.seat == Seat.AUTHOR]
    watched = bool(authors) and not w.frozen_at and w.thesis.state not in ("suspended", "submitted", "defended")
    return StudentRow(
        names=", ".join(authors),
        title=w.title,
        href=w.get_absolute_url(),
        state=(w.thesis.state, w.thesis.get_state_display()),
        deadline=w.deadline,
        deadline_title=w.deadline_title or "",
        last=w.last_act,
        silent=silent_days(w.last_act, w.created_at) if watched else 0,
        weeks=weeks,
        frozen=w.is_frozen,
    )
