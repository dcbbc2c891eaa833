"""Handing over. Seats change hands, the history of each thesis keeps who held them."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from superviseme.accounts.grants.actions import revoke_role
from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.labels import noun
from superviseme.policy.roles import Role, Seat
from superviseme.workspaces.meetings.actions import take_over_meetings
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.people.actions import add_person, remove_person
from superviseme.workspaces.people.queries import may_sit

from ..models import Topic, TopicSupervisor
from .queries import theses_of, topics_of


@dataclass
class HandedOver:
    theses: list[Workspace] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)
    kept: list[tuple[Workspace, str]] = field(default_factory=list)  # and why


@transaction.atomic
def hand_over(*, person: Person, to: Person, by: Person, ended: bool = False, take_role: bool = False) -> HandedOver:
    """Every thesis and topic of `person` goes to `to`; what the law refuses (a frozen workspace) is named and stays.

    `ended`: also theses that are over. `take_role`: afterwards the role of a supervisor is taken back.
    """
    require(by, Action.SITE_MANAGE)
    if person.pk == to.pk or not to.is_active or not may_sit(to, Seat.SUPERVISOR):
        raise NotAllowed(_("Choose another supervisor."))
    result = HandedOver()
    for workspace in theses_of(person, ended=ended):
        try:
            with transaction.atomic():
                _give_seat(workspace, person, to, by)
        except NotAllowed as refusal:
            result.kept.append((workspace, str(refusal.reason)))
        else:
            result.theses.append(workspace)
    result.topics = [_give_topic(topic, person, to, by) for topic in topics_of(person)]
    if result.theses or result.topics:
        _tell(person, to, result, by)
    if take_role:
        revoke_role(person=person, role=Role.SUPERVISOR, by=by)
    return result


def _tell(person: Person, to: Person, result: HandedOver, by: Person) -> None:
    numbers: dict[str, Any] = {
        "person": person.pk,
        "to_person": to.pk,
        "n": len(result.theses),
        "topics": len(result.topics),
    }
    announce(Verb.SUPERVISION_HANDED_OVER, person, by=by, to=[person], title="", link="", **numbers)
    announce(Verb.SUPERVISION_TAKEN_OVER, to, by=by, to=[to], title="", link="/supervisor/theses", **numbers)


def _give_seat(workspace: Workspace, person: Person, to: Person, by: Person) -> None:
    held = workspace.members.filter(person=to).first()
    if held and held.seat == Seat.COLLABORATOR:
        held.workspace = workspace
        remove_person(held, by=by)
    elif held and held.seat != Seat.SUPERVISOR:
        raise NotAllowed(
            _("%(name)s is %(seat)s there.") % {"name": to.full_name, "seat": noun(held.get_seat_display())}
        )
    add_person(workspace, person=to, seat=Seat.SUPERVISOR, by=by)
    take_over_meetings(workspace, person=person, to=to, by=by)
    leaving = workspace.members.get(person=person)
    leaving.workspace = workspace
    remove_person(leaving, by=by)


def _give_topic(topic: Topic, person: Person, to: Person, by: Person) -> Topic:
    require(by, Action.TOPIC_EDIT, topic)
    TopicSupervisor.objects.filter(topic=topic, person=person).delete()
    TopicSupervisor.objects.get_or_create(topic=topic, person=to)
    if topic.publisher_id == person.pk:
        Topic.objects.filter(pk=topic.pk).update(publisher=to)
    topic.refresh_from_db()
    topic.__dict__.pop("seats", None)
    announce(Verb.TOPIC_EDITED, topic, by=by)
    return topic
