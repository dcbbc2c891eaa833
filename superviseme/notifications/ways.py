"""The ways out: how a notice reaches a person beside the app. A further way is one more entry (`register`).

A way is asked by the worker alone; what it makes of notices are rows of the outbox, so that it never holds up another.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from superviseme.accounts.models import Person
from superviseme.outbox.models import Message

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
    """`channel` is one of outbox.models.Channel; `reaches` says whether a person can be told so at all;
    `write` makes the message of a bundle."""

    channel: str
    label: str | Promise
    reaches: Callable[[Person], bool]
    write: Callable[[Bundle], Message]


WAYS: dict[str, Way] = {}


def register(way: Way) -> None:
    WAYS[way.channel] = way


def ways_to(person: Person) -> list[Way]:
    return [way for way in WAYS.values() if way.reaches(person)]
