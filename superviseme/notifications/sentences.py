"""An event in words: completes «Alice …» in the reader's language."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from superviseme.events.models import Event
from superviseme.policy.roles import Role
from superviseme.web.dates import date

from .catalog import CATALOG, Verb

DAYS = {"since", "starts", "ends"}  # kept as ISO days or moments
OF_SOMEBODY = {
    Verb.PERSON_ADDED,
    Verb.PERSON_REMOVED,
}  # others hear of it too, so that `of_others` are the words for them
Words = Callable[[Mapping[str, Any]], Mapping[str, str]]
_worded: dict[str, Words] = {}


def worded(verb: Verb, words: Words) -> None:
    """A room above says what its data mean, {name in the sentence: word}, in the language of who reads. What the event
    kept in the language of who acted stands in for what is not known any more."""
    _worded[verb] = words


def named_in(event: Event) -> int | None:
    """The number of the person whom it happened to, if the event names one."""
    number = event.data.get("person") or event.data.get("assignee")
    return number if isinstance(number, int) else None


def is_told(event: Event, person: int) -> bool:
    """Whether a notice speaks to whom it happened to."""
    return event.verb not in OF_SOMEBODY or named_in(event) == person


def link_for(event: Event, person: int) -> str:
    """Where it leads this reader: nowhere if the place is closed to them by it."""
    closed = event.verb == Verb.PERSON_REMOVED and named_in(event) == person
    return "" if closed or not event.link.startswith("/") or event.link.startswith("//") else event.link


def sentence(event: Event, people: Mapping[int, Any] | None = None, *, told: bool = False, here: str = "") -> str:
    """What the event's actor did; `people` are those the event names by number. Unknown verbs say their name.

    `told` is a notice to the person it happened to; without it the words are for everybody who looks.
    `here` stands for the workspace where its title would be said in every line.
    """
    if event.verb not in Verb._value2member_map_:
        return event.verb
    values = {"title": event.title, "workspace": "", "state": "", "role": "", **event.data}
    if here:
        values["workspace"] = here
    if values["role"] in Role.values:
        values["role"] = Role(values["role"]).label
    if event.verb in _worded:
        values |= _worded[event.verb](event.data)
    for name in values.keys() & DAYS:
        values[name] = _day(values[name])
    entry = CATALOG[Verb(event.verb)]
    words = str(entry.says if told else entry.of_others or entry.says) % _Missing(values)
    named = (people or {}).get(named_in(event) or 0)
    return f"{words} ({named.full_name})" if named else words


def outline(verb: Verb) -> str:
    """What every event of this kind says, with dots for what it is about."""
    entry = CATALOG[verb]
    return str(entry.of_others or entry.says) % _Dots()


class _Dots(dict):
    def __missing__(self, key: str) -> str:
        return "…"


class _Missing(dict):
    """An imported or old event may lack a value; the sentence is still said."""

    def __missing__(self, key: str) -> str:
        return ""


def _day(value: Any) -> str:
    try:
        found = datetime.fromisoformat(value)
        return date(found if found.tzinfo else found.date())
    except (ValueError, TypeError):
        return str(value)
