"""What students and offerers do with a request; accepting it stands in assignment/actions.py."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.labels import adjective
from superviseme.web import dates
from superviseme.web.answers import TooOften
from superviseme.web.time import now

from ..models import Interest, InterestState, Topic
from ..progress.queries import works_on
from ..topics.actions import hold

DAY = timedelta(hours=24)
PER_TOPIC, ALTOGETHER = 3, 30  # requests of a student in a day: room for a change of mind, none for flooding


@transaction.atomic
def express_interest(topic: Topic, *, message: str, by: Person) -> Interest:
    """Ask for a topic. One request per student and topic waits at a time: a second is the first."""
    waiting = topic.interests.filter(student=by, state=InterestState.PENDING)
    if found := waiting.first():
        return found
    require(by, Action.INTEREST_EXPRESS, topic)
    if works_on(topic, by):
        raise NotAllowed(_("You work on this topic already."))
    hold(topic)
    if found := waiting.first():
        return found
    require(by, Action.INTEREST_EXPRESS, topic)  # as the topic is now that nobody else can change it
    _refuse_beyond(PER_TOPIC, topic.interests.filter(student=by))
    _refuse_beyond(ALTOGETHER, Interest.objects.filter(student=by))
    interest = Interest.objects.create(topic=topic, student=by, message=message)
    announce(Verb.INTEREST_EXPRESSED, interest, by=by, to=topic.seats, student=by.pk)
    return interest


@transaction.atomic
def withdraw_interest(interest: Interest, *, by: Person) -> None:
    require(by, Action.INTEREST_WITHDRAW, interest)
    settle(interest, InterestState.WITHDRAWN, by=by)
    announce(Verb.INTEREST_WITHDRAWN, interest, by=by, to=interest.topic.seats, student=interest.student_id)


@transaction.atomic
def decline_interest(interest: Interest, *, reason: str, by: Person) -> None:
    require(by, Action.INTEREST_HANDLE, interest)
    settle(interest, InterestState.DECLINED, by=by, reason=reason)
    to = [interest.student]
    announce(Verb.INTEREST_DECLINED, interest, by=by, to=to, link="/student/interests", student=interest.student_id)


def _refuse_beyond(limit: int, asked: Any) -> None:
    """Each request tells everybody who offers the topic."""
    times = asked.filter(created_at__gt=now() - DAY).order_by("-created_at").values_list("created_at", flat=True)
    if len(found := list(times[:limit])) == limit:
        until = found[-1] + DAY
        words = _("You have asked %(n)s times within a day. You can ask again from %(when)s.")
        raise TooOften(words % {"n": limit, "when": dates.datetime_(until)}, int((until - now()).total_seconds()))


def settle(interest: Interest, state: InterestState, *, by: Person, reason: str = "") -> None:
    """Claim the request that waits; of two who answer at once, one wins and the other reads who it was."""
    claim = Interest.objects.filter(pk=interest.pk, state=InterestState.PENDING)
    won = claim.update(state=state, handled_at=now(), handled_by=by, reason=reason) == 1
    interest.refresh_from_db(fields=["state", "handled_at", "handled_by", "reason"])
    if not won:
        raise NotAllowed(already(interest))


def already(interest: Interest) -> str:
    """Who settled it, and how: for who came second."""
    who = interest.handled_by.full_name if interest.handled_by else _("Somebody")
    state = adjective(interest.get_state_display())
    return _("%(name)s was faster: this request is %(state)s.") % {"name": who, "state": state}
