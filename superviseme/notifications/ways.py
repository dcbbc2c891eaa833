"""The ways out: how a notice reaches a person beside the app. A further way is one more entry (`register`).

A way is asked by the worker alone; what it makes of notices are rows of the outbox, so that it never holds up another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from superviseme.accounts.models import Person
from superviseme.outbox.models import Message

from .categories import CATEGORIES
from .models import Notice


@dataclass(frozen=True)
class Bundle:
    """News that is told together: of a few moments about one workspace, or of a day. `key` is the same after a restart."""

    person: Person
    notices: list[Notice]
    key: str
    daily: bool
    people: dict[int, Person]  # those whom the events name


@dataclass(frozen=True)
class Way:
    """`channel` is one of outbox.models.Channel; `reached` says which of some people can be told so at all, by number;
    `write` makes the message of a bundle; `offers` is what it can be used for, None for every category; `even_read` are notices
    that are told although they were read in the app meanwhile, unless gathered. `ungathered` are those that do not wait for
    the daily letter; `needed_by` says until when one has to be told, hours of rest or not."""

    channel: str
    label: str | Promise
    reached: Callable[[Iterable[Person]], set[int]]
    write: Callable[[Bundle], Message]
    offers: Callable[[], set[str] | None] = lambda: None
    even_read: Callable[[Notice], bool] = lambda notice: False
    ungathered: Callable[[Notice], bool] = lambda notice: False
    needed_by: Callable[[Notice], datetime | None] = lambda notice: None

    def categories(self) -> set[str]:
        found = self.offers()
        return {str(category) for category in CATEGORIES} if found is None else found


WAYS: dict[str, Way] = {}


def register(way: Way) -> None:
    WAYS[way.channel] = way


def ways_to(people: Iterable[Person]) -> dict[int, list[Way]]:
    """By the person's number; each way is asked once for all of them."""
    people = list({person.pk: person for person in people}.values())
    reached = [(way, way.reached(people)) for way in WAYS.values()]
    return {person.pk: [way for way, numbers in reached if person.pk in numbers] for person in people}
