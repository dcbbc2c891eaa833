"""The researcher's desk: projects led and shared, and theses supervised."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from superviseme.policy.roles import Kind, Seat
from superviseme.web.prepared import prepared
from superviseme.web.time import today
from superviseme.workspaces.models import Member, Workspace
from superviseme.workspaces.room.queries import give_people, with_counts

from .guest import parted, seats_of_guests
from .supervisor import QUIETEST, ROWS, in_order, running, student_row, with_deadlines

PROJECTS = 10


def spaces(person: Any, *, supervises: bool) -> dict[str, Any]:
    """In two queries: ten projects with a seat for the person, each with `.my_seat`; students of running theses
    supervised; running theses with another seat; and whether there are more than those, the quietest."""
    seats = (*seats_of_guests(person), *([Seat.SUPERVISOR] if supervises else []))
    found = give_people(_spaces(person.pk, today(), seats=seats).fetch())
    projects = [w for w in found if w.kind == Kind.PROJECT]
    theses = [w for w in found if w.kind == Kind.THESIS]
    for workspace in projects:
        workspace.my_seat = workspace.seat_of(person)
    supervised, guest = parted(person, theses[-ROWS:])
    students = in_order(student_row(w, []) for w in supervised)
    return {"projects": projects, "students": students, "guest_theses": guest, "cut": len(theses) > ROWS}


@prepared
def _spaces(person: int, day: dt.date, *, seats: tuple[Seat, ...]) -> QuerySet:
    mine = Member.objects.filter(person=person).values("workspace")
    projects = Workspace.objects.live().filter(kind=Kind.PROJECT, pk__in=mine).order_by("-active_at", "-pk")[:PROJECTS]
    theses = running(person, seats).order_by(*QUIETEST)[: ROWS + 1]
    wanted = Q(pk__in=projects.values("pk")) | Q(pk__in=theses.values("pk"))
    return with_deadlines(with_counts(Workspace.objects.filter(wanted)), day)
