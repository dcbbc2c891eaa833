"""Who may be added to a workspace."""

from superviseme.accounts.models import Person
from superviseme.policy.roles import Kind, Role, Seat

from ..room.models import Workspace

SEATS: dict[str, tuple[Seat, ...]] = {
    Kind.THESIS: (Seat.SUPERVISOR, Seat.COLLABORATOR, Seat.EXAMINER),  # the author comes by assignment
    Kind.PROJECT: (Seat.AUTHOR, Seat.COLLABORATOR),
}
RANK = {Seat.AUTHOR: 0, Seat.SUPERVISOR: 1, Seat.COLLABORATOR: 2, Seat.EXAMINER: 3}


def seats_to_give(workspace: Workspace) -> tuple[Seat, ...]:
    return SEATS[workspace.kind]


def person_by_email(email: str) -> Person | None:
    return Person.objects.active().filter(email=email.strip().lower()).first()


def may_sit(person: Person, seat: Seat) -> bool:
    """A supervisor's seat is for people with the role; an examiner is a member of staff; others may be anybody."""
    if seat == Seat.SUPERVISOR:
        return Role.SUPERVISOR in person.roles
    if seat == Seat.EXAMINER:
        return bool(person.roles & {Role.SUPERVISOR, Role.RESEARCHER})
    return True
