"""An event in words: completes «Alice …» in the reader's language."""

from collections.abc import Mapping
from typing import Any

from superviseme.events.models import Event
from superviseme.policy.roles import Role

from .catalog import CATALOG, Verb


def sentence(event: Event, people: Mapping[int, Any] | None = None) -> str:
    """What the event's actor did; `people` are those the event names by number. Unknown verbs say their name."""
    if event.verb not in Verb._value2member_map_:
        return event.verb
    values = {"title": event.title, "workspace": "", "state": "", "role": "", **event.data}
    if values["role"] in Role.values:
        values["role"] = Role(values["role"]).label
    words = str(CATALOG[Verb(event.verb)].says) % _Missing(values)
    named = (people or {}).get(event.data.get("person", 0))
    return f"{words} ({named.full_name})" if named else words


class _Missing(dict):
    """An imported or old event may lack a value; the sentence is still said."""

    def __missing__(self, key: str) -> str:
        return ""
