"""The researcher's desk: projects led and shared, and theses supervised."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from superviseme.policy.roles import Kind, Seat
from superviseme.theses.states import ENDED
from superviseme.web.prepared import prepared
from superviseme.web.time import today
from superviseme.workspaces.models import Member, Workspace
from superviseme.workspaces.room.queries import give_people, with_counts

from .guest import parted, seats_of_guests
from .supervisor import in_order, student_row, with_deadlines


def spaces(person: Any, *, supervises: bool) -> dict[str, Any]:
    """In two queries: ten projects with a seat for the person, each with `.my_seat`; students of running theses
    supervised; running theses with another seat."""
    seats = (*seats_of_guests(person), *([Seat.SUPERVISOR] if supervises else []))
    found = give_people(_spaces(person.pk, today(), seats=seats).fetch())
    projects = [w for w in found if w.kind == Kind.PROJECT][:10]
    for workspace in projects:
        workspace.my_seat = workspace.seat_of(person)
    supervised, guest = parted(person, (w for w in found if w.kind == Kind.THESIS))
    students = in_order(student_row(w, []) for w in supervised)
    return {"projects": projects, "students": students, "guest_theses": guest}


@prepared
def _spaces(person: int, day: dt.date, *, seats: tuple[Seat, ...]) -> QuerySet:
    mine = Member.objects.filter(person=person)
    theses = Q(kind=Kind.THESIS, pk__in=mine.filter(seat__in=seats).values("workspace")) & ~Q(thesis__state__in=ENDED)
    wanted = Q(kind=Kind.PROJECT, pk__in=mine.values("workspace")) | theses
    return with_deadlines(with_counts(Workspace.objects.live().filter(wanted)), day)[:40]
