"""Notices by webhook: one more way out, by the choices and hours that hold for all of them."""

from collections.abc import Iterable

from superviseme.accounts.models import Person
from superviseme.notifications.mail import gets_mail
from superviseme.notifications.ways import Bundle, Way, register
from superviseme.outbox.models import Channel, Message

from .models import Hook
from .words import message_of


def reached(people: Iterable[Person]) -> set[int]:
    numbers = [person.pk for person in people if gets_mail(person)]
    hooks = Hook.objects.filter(person__in=numbers, closed_at=None)
    return set(hooks.values_list("person", flat=True)) if numbers else set()


def write(bundle: Bundle) -> Message:
    hook = Hook.objects.get(person=bundle.person)
    letter = "day" if bundle.daily else "notice"
    return message_of(hook, bundle.person, key=bundle.key, letter=letter, notices=bundle.notices)


def install() -> None:
    register(Way(Channel.WEBHOOK.value, Channel.WEBHOOK.label, reached, write))
