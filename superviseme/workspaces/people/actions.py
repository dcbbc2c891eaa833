"""Seats: the only code that writes Member rows."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.labels import noun
from superviseme.policy.roles import Kind, Seat

from ..meetings.actions import leave_meetings
from ..room.actions import lock_open
from ..room.models import Member, Workspace
from .queries import RANK, may_sit, seats_to_give

KEEPERS = {Kind.THESIS: Seat.SUPERVISOR, Kind.PROJECT: Seat.AUTHOR}
"""The seat of which one must always be held."""


@transaction.atomic
def add_person(workspace: Workspace, *, person: Person, seat: Seat, by: Person, label: str = "") -> Member:
    """Give a seat. Somebody who is there already keeps the seat held; raises NotAllowed with the reason otherwise."""
    require(by, Action.PEOPLE_MANAGE, workspace)
    lock_open(workspace)
    if seat not in seats_to_give(workspace):
        raise NotAllowed(_("That seat cannot be given here."))
    if not may_sit(person, seat):
        raise NotAllowed(_("%(name)s does not have the site role this seat needs.") % {"name": person.full_name})
    member = workspace.members.filter(person=person).first()
    if member:
        return member
    member = seat_person(workspace, person=person, seat=seat, by=by, label=label)
    announce(
        Verb.PERSON_ADDED, workspace, by=by, to=_who_hears(workspace, person, seat), person=person.pk, seat=seat.value
    )
    return member


@transaction.atomic
def label_person(member: Member, *, label: str, by: Person) -> Member:
    require(by, Action.PEOPLE_MANAGE, member.workspace)
    lock_open(member.workspace)
    if not Member.objects.filter(pk=member.pk).update(label=label):
        raise NotAllowed(_("%(name)s no longer has a seat here.") % {"name": member.person.full_name})
    member.label = label
    announce(Verb.PERSON_LABELLED, member.workspace, by=by, person=member.person_id)
    return member


@transaction.atomic
def remove_person(member: Member, *, by: Person) -> None:
    """Take a seat back; never the last supervisor of a thesis, the last lead of a project, or a thesis' author."""
    workspace = member.workspace
    require(by, Action.PEOPLE_MANAGE, workspace)
    lock_open(workspace)
    if member.seat == Seat.AUTHOR and workspace.kind == Kind.THESIS:
        raise NotAllowed(_("A student leaves a thesis by withdrawing the assignment."))
    keeper = KEEPERS[Kind(workspace.kind)]
    if member.seat == keeper and workspace.members.filter(seat=keeper).count() == 1:
        raise NotAllowed(_("The last %(seat)s stays. Add another first.") % {"seat": noun(keeper.label)})
    person = member.person
    taken, _rows = workspace.members.filter(pk=member.pk).delete()
    if not taken:
        return  # somebody was faster
    workspace.forget_seats()
    hear = _who_hears(workspace, person, member.seat)
    announce(Verb.PERSON_REMOVED, workspace, by=by, to=hear, person=person.pk, seat=member.seat)
    leave_meetings(workspace, person=person, by=by)


def set_muted(workspace: Workspace, *, muted: bool, by: Person) -> None:
    """Whether one hears of what goes to everybody here. It changes nothing for others, so nobody is told."""
    require(by, Action.WORKSPACE_VIEW, workspace)
    if not workspace.members.filter(person=by).update(muted=muted):
        raise NotAllowed(_("You have no seat here, so nothing of it is told to you."))
    workspace.forget_seats()


def _who_hears(workspace: Workspace, person: Person, seat: str) -> list[int]:
    """Who writes a thesis hears who supervises it."""
    writers = [number for number, held in workspace.seats.items() if held == Seat.AUTHOR]
    return [person.pk, *writers] if seat == Seat.SUPERVISOR else [person.pk]


def seat_person(workspace: Workspace, *, person: Person, seat: Seat, by: Person | None, label: str = "") -> Member:
    """Write the row; for actions that have asked the law already (creating a project, assigning a thesis)."""
    workspace.forget_seats()
    return Member.objects.create(
        workspace=workspace, person=person, seat=seat, seat_rank=RANK[seat], label=label, added_by=by
    )
