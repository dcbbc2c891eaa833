"""The researcher's desk: projects led and shared, and theses supervised."""

from typing import Any

from django.db.models import Q

from superviseme.policy.roles import Kind, Seat
from superviseme.theses.states import ENDED
from superviseme.workspaces.models import Member, Workspace
from superviseme.workspaces.room.queries import with_counts

from .supervisor import StudentRow, in_order, student_row, with_deadlines


def spaces(person: Any, *, supervises: bool) -> tuple[list[Any], list[StudentRow]]:
    """(ten projects with a seat for the person, each with `.my_seat`; running theses supervised), in two queries."""
    seats = Member.objects.filter(person=person)
    wanted = Q(kind=Kind.PROJECT, pk__in=seats.values("workspace"))
    if supervises:
        theses = Q(kind=Kind.THESIS, pk__in=seats.filter(seat=Seat.SUPERVISOR).values("workspace"))
        wanted |= theses & ~Q(thesis__state__in=ENDED)
    found = list(with_deadlines(with_counts(Workspace.objects.live().filter(wanted)))[:40])
    projects = [w for w in found if w.kind == Kind.PROJECT][:10]
    for workspace in projects:
        workspace.my_seat = workspace.seat_of(person)
    return projects, in_order(student_row(w, []) for w in found if w.kind == Kind.THESIS)
