"""One's own choices; nobody else's are ever touched, so the law has nothing to say here."""

from typing import Any

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.outbox.models import Channel

from ..categories import Delivery, category_of
from ..models import Habits, Preference, Telling
from ..stopping import MONDAYS, Stop
from ..verbs import Verb


@transaction.atomic
def choose(*, by: Person, deliveries: dict[tuple[str, str], str], habits: dict[str, Any]) -> None:
    """Only what differs from the default stands in a row."""
    for (category, channel), delivery in deliveries.items():
        _set(by.pk, category, channel, delivery)
    Habits.objects.update_or_create(person=by, defaults=habits)


@transaction.atomic
def stop_mail(stop: Stop) -> bool:
    """No more mail of these kinds, by whoever holds the link of a letter. False when the person is gone."""
    person = Person.objects.active().filter(pk=stop.person).first()
    if person is None:
        return False
    for what in stop.what:
        if what == MONDAYS:
            Habits.objects.update_or_create(person=person, defaults={"weekly_report": False, "weekly_plan": False})
        else:
            _set(person.pk, what, Channel.EMAIL, Delivery.NEVER)
    return True


def _set(person: int, category: str, channel: str, delivery: str) -> None:
    place: dict[str, Any] = {"person_id": person, "category": category, "channel": channel}
    if delivery == Delivery.IMPORTANT:
        Preference.objects.filter(**place).delete()
    else:
        Preference.objects.update_or_create(**place, defaults={"delivery": delivery})
    if delivery == Delivery.NEVER:
        _forget_what_waits(**place)


def _forget_what_waits(person_id: int, category: str, channel: str) -> None:
    """Whoever stops it is not told tomorrow of what happened today."""
    verbs = [verb for verb in Verb if category_of(verb) == category]
    waiting = Telling.objects.filter(recipient=person_id, channel=channel, told_at=None, notice__verb__in=verbs)
    waiting.delete()
