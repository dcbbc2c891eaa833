"""Theses somebody takes part in without writing or supervising them; picked from what a desk has read anyway."""

from collections.abc import Iterable
from typing import Any

from superviseme.policy.roles import Role, Seat


def seats_of_guests(person: Any) -> tuple[Seat, ...]:
    """Collaborator and examiner; supervisor as well once that role was taken back, for it may still read."""
    guests = (Seat.COLLABORATOR, Seat.EXAMINER)
    return guests if Role.SUPERVISOR in person.roles else (*guests, Seat.SUPERVISOR)


def parted(person: Any, theses: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """(own, as guest): the guest's each with `.my_seat` and `.authors`."""
    seats, own, guest = seats_of_guests(person), [], []
    for workspace in theses:
        if workspace.seat_of(person) not in seats:
            own.append(workspace)
            continue
        members = workspace.members.all()
        workspace.my_seat = next(m.label or m.get_seat_display() for m in members if m.person_id == person.pk)
        workspace.authors = ", ".join(m.person.full_name for m in members if m.seat == Seat.AUTHOR)
        guest.append(workspace)
    return own, guest
