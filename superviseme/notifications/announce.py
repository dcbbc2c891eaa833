"""Say that something happened: the event, who is told of it in the app, and the words it is found by.

Called by actions, inside their transaction. Mail and Telegram follow later by the worker.
"""

from collections.abc import Iterable
from typing import Any

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.policy.conditions import scope_of
from superviseme.search.index import reindex
from superviseme.web.time import now

from .catalog import CATALOG, Verb
from .categories import Category, Delivery, category_of
from .models import IN_APP, Notice, Preference


def announce(
    verb: Verb,
    thing: Any,
    *,
    by: Person | None,
    to: Iterable[Person | int] = (),
    but: Iterable[Person | int] = (),
    title: str | None = None,
    link: str | None = None,
    **data: Any,
) -> Event:
    """Write the event of `verb` about `thing` and a notice for everybody the catalogue names, and for `to`, but `by`.

    `but` are people who hear of it by another notice. Who muted the workspace finds in the inbox, as read, what was not
    meant for them by name. `data` is kept with the event (plain JSON, ids instead of names). Returns the event.
    What the people of a smoke test do is found by search like anything else, but is no event and nobody hears of it.
    """
    scope = scope_of(thing)
    workspace = scope if scope._meta.label_lower == "workspaces.workspace" else None
    event = Event(
        at=now(),
        verb=verb,
        actor=by,
        workspace_number=workspace.pk if workspace else None,
        thing=thing._meta.label_lower,
        thing_id=thing.pk,
        title=(title if title is not None else getattr(thing, "title", "") or "")[:300],
        link=link if link is not None else _link(thing),
        data={"workspace": workspace.title, **data} if workspace else data,
    )
    if by is None or not by.is_smoke:
        event.save()
        _tell(event, verb, scope, by, to, but)
    reindex(thing)
    return event


def _tell(
    event: Event,
    verb: Verb,
    scope: Any,
    by: Person | None,
    to: Iterable[Person | int],
    but: Iterable[Person | int],
) -> None:
    entry = CATALOG[verb]
    named = _ids(to)
    heard = set(named)
    if entry.seats and hasattr(scope, "seats"):
        heard |= {person_id for person_id, seat in scope.seats.items() if seat in entry.seats}
    if entry.roles:
        heard |= set(Person.objects.active().with_role(*entry.roles).values_list("pk", flat=True))
    heard -= {by.pk if by else None, *_ids(but)}
    muted: set[int] = set(getattr(scope, "muted_by", ())) - named
    unwanted = _not_in_app(heard, category_of(verb))
    Notice.objects.bulk_create(
        Notice(
            recipient_id=pk,
            event=event,
            verb=verb,
            created_at=event.at,
            loud=entry.loud,
            in_app=pk not in unwanted,
            read_at=event.at if pk in muted else None,
            spread_at=event.at if pk in muted else None,
        )
        for pk in sorted(heard)
    )


def _not_in_app(heard: set[int], category: Category) -> set[int]:
    """Who of them does not want this category in the inbox."""
    if not heard:
        return set()
    chosen = Preference.objects.filter(channel=IN_APP, category=category, delivery=Delivery.NEVER)
    return set(chosen.filter(person_id__in=heard).values_list("person_id", flat=True))


def _ids(people: Iterable[Person | int]) -> set[int]:
    return {p if isinstance(p, int) else p.pk for p in people}


def _link(thing: Any) -> str:
    return thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""
