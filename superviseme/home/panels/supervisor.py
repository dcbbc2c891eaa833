"""The supervisor's desk: one row a student, the ones who need a look first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, OuterRef, QuerySet, Subquery

from superviseme.activity.silence.queries import Quiet, quiet_of, signs
from superviseme.policy.roles import Kind, Seat
from superviseme.theses.states import ENDED
from superviseme.web.prepared import prepared
from superviseme.web.time import today
from superviseme.workspaces.models import Milestone, Workspace
from superviseme.workspaces.room.queries import give_people

from .activity import strips
from .guest import parted, seats_of_guests

ROWS = 30  # one more is asked for, which says whether there are more
QUIETEST = (F("frozen_at").asc(nulls_first=True), "active_at", "pk")


@dataclass(frozen=True)
class StudentRow:
    names: str
    picture: str  # of the first of them
    title: str
    href: str
    state: tuple[str, str]
    deadline: dt.date | None
    deadline_title: str
    quiet: Quiet
    weeks: list[dict[str, Any]]
    frozen: bool


def students(person: Any) -> dict[str, Any]:
    """Running theses the person supervises, silent ones first, then by next deadline; those with another seat; and whether
    the desk is too small for all, so that only the quietest are on it."""
    seats = (Seat.SUPERVISOR, *seats_of_guests(person))
    found = list(_running(person.pk, today(), seats=seats).fetch())
    spaces, guest = parted(person, give_people(found[:ROWS]))
    authors = {w.pk: {m.person_id for m in w.members.all() if m.seat == Seat.AUTHOR} for w in spaces}
    weeks = strips(authors)
    rows = in_order(student_row(w, weeks[w.pk]) for w in spaces)
    return {"students": rows, "guest_theses": guest, "cut": len(found) > ROWS}


@prepared
def _running(person: int, day: dt.date, *, seats: tuple[Seat, ...]) -> QuerySet:
    return with_deadlines(running(person, seats), day).order_by(*QUIETEST)[: ROWS + 1]


def running(person: int, seats: tuple[Seat, ...]) -> Any:
    rows = Workspace.objects.live().filter(kind=Kind.THESIS).with_seat(person, *seats)
    return rows.exclude(thesis__state__in=ENDED)


def in_order(rows: Iterable[StudentRow]) -> list[StudentRow]:
    return sorted(rows, key=lambda r: (-r.quiet.days if r.quiet.is_silent else 0, r.deadline or dt.date.max, r.names))


def with_deadlines(spaces: Any, day: dt.date) -> Any:
    """Workspaces with signs of activity and next deadline by the `day`, the most recently active first."""
    coming = Milestone.objects.filter(workspace=OuterRef("pk"), deleted_at=None, reached_at=None).order_by(
        "due_on", "pk"
    )
    return (
        spaces.select_related("thesis", "project")
        .annotate(
            **signs(day),
            deadline=Subquery(coming.values("due_on")[:1], output_field=DateField()),
            deadline_title=Subquery(coming.values("title")[:1], output_field=CharField()),
        )
        .order_by("-active_at", "-pk")
    )


def student_row(w: Any, weeks: list[dict[str, Any]]) -> StudentRow:
    authors = [m.person for m in w.members.all() if m.seat == Seat.AUTHOR]
    return StudentRow(
        names=", ".join(one.full_name for one in authors),
        picture=authors[0].picture_url if authors else "",
        title=w.title,
        href=w.get_absolute_url(),
        state=(w.thesis.state, w.thesis.get_state_display()),
        deadline=w.deadline,
        deadline_title=w.deadline_title or "",
        quiet=quiet_of(w),
        weeks=weeks,
        frozen=w.is_frozen,
    )
