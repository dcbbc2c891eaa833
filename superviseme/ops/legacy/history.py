"""What was imported enters the history of its workspace and the search, and the workspaces learn when they last stirred."""

from typing import Any

from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.search.models import SearchEntry
from superviseme.workspaces.models import Workspace

from .ledger import Ledger

COUNTERS = ("last_todo", "last_goal", "last_meeting", "last_file")


def write_history(ledger: Ledger) -> None:
    """In order of time, so that the history reads as if it had happened here."""
    titles = {h.workspace.pk: h.workspace.title for h in ledger.homes.values() if h.workspace}
    things: dict[tuple[str, int], Any] = {}
    events = []
    for verb, thing, at, by, data in sorted(ledger.happenings, key=lambda happening: happening[2]):
        label = thing._meta.label_lower
        things[(label, thing.pk)] = thing
        room = thing.pk if label == "workspaces.workspace" else getattr(thing, "workspace_id", None)
        events.append(
            Event(
                at=at,
                verb=verb,
                actor_id=by,
                workspace_number=room,
                thing=label,
                thing_id=thing.pk,
                title=thing.title[:300],
                link=thing.get_absolute_url(),
                data={**({"workspace": titles.get(room, "")} if room else {}), **data, "imported": True},
            )
        )
    ledger.add(events)
    _index(list(things.values()), ledger)
    ledger.happenings.clear()


def _index(things: list[Any], ledger: Ledger) -> None:
    here = set(SearchEntry.objects.values_list("thing", "thing_id"))
    entries = []
    for thing in things:
        words = thing.search_entry() if hasattr(thing, "search_entry") else None
        if words and (thing._meta.label_lower, thing.pk) not in here:
            words["title"] = words["title"][:300]
            entries.append(
                SearchEntry(thing=thing._meta.label_lower, thing_id=thing.pk, changed_at=ledger.moment, **words)
            )
    ledger.add(entries)


def stir_workspaces(ledger: Ledger) -> None:
    """The counters of numbers, and when something was last done there."""
    rooms = []
    for home in ledger.homes.values():
        if home.workspace and home.active:
            home.workspace.active_at = max(home.workspace.active_at, home.active)
            rooms.append(home.workspace)
    Workspace.objects.bulk_update(rooms, [*COUNTERS, "active_at"], batch_size=100)


def say_what_came(ledger: Ledger, name: str) -> None:
    """One event for the whole import, unless there was nothing new."""
    if ledger.report.imported:
        Event.objects.create(
            at=ledger.moment,
            verb=Verb.DATA_IMPORTED,
            thing="ops.legacyrow",
            title=name[:300],
            data={"tables": ledger.report.counts(), "source": ledger.source},
        )
