"""Notices without the rooms: something happened in Alice's thesis."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.notifications.models import Habits, Notice, Preference
from superviseme.notifications.spread import spread_due_notices
from superviseme.outbox.models import Message
from superviseme.web.time import now, simulated


@pytest.fixture
def tell(workspace, bob) -> Callable[..., Notice]:
    """`tell(alice)`: Bob froze the workspace, and Alice's notice of it."""

    def happened(person, *, by=bob, verb=Verb.WORKSPACE_FROZEN, **how) -> Notice:
        event = announce(verb, workspace, by=by, link="/theses", **how)
        return Notice.objects.get(event=event, recipient=person)

    return happened


@pytest.fixture
def later() -> Callable[..., str]:
    """`later()`: the worker's round a minute from now."""

    def spread(seconds=60, *, at=None) -> str:
        with simulated(at or now() + timedelta(seconds=seconds)):
            return spread_due_notices()

    return spread


@pytest.fixture
def wants(db) -> Callable[..., None]:
    """`wants(alice, "course", "daily")`: a choice of Alice's, by mail unless said otherwise; `wants(alice, quiet_from=22)`."""

    def choose(person, category="", delivery="", channel="email", **habits) -> None:
        if category:
            Preference.objects.create(person=person, category=category, channel=channel, delivery=delivery)
        if habits:
            Habits.objects.update_or_create(person=person, defaults=habits)

    return choose


def letters_to(person) -> list[Message]:
    return list(Message.objects.filter(recipient_id=person.pk).order_by("pk"))
