"""Things that have an entry in calendars: their rooms lie above and register here how the entry is written."""

from collections.abc import Callable

from superviseme.accounts.models import Person

Writer = Callable[[int, Person], str]
_writers: dict[str, Writer] = {}


def register(thing: str, writer: Writer) -> None:
    """`thing` is a model label such as "workspaces.meeting"; `writer(number, person)` gives an iCalendar text or ""."""
    _writers[thing] = writer


def entry_of(thing: str, number: int, person: Person) -> str:
    writer = _writers.get(thing)
    return writer(number, person) if writer else ""
