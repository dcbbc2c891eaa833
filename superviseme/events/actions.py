"""The chain of hashes over events. Written by the worker alone, in the order of the rows, so that a later change shows."""

import hashlib
import json
from collections.abc import Callable

from django.db import transaction

from .models import Event

AT_ONCE = 500
FIRST = "0" * 64


def seal_new_events(fence: Callable[[], None] = lambda: None) -> str:
    """Chain what is not chained yet, AT_ONCE a transaction."""
    sealed = 0
    while True:
        fence()
        done = _seal_some()
        sealed += done
        if done < AT_ONCE:
            return f"{sealed} sealed" if sealed else ""


@transaction.atomic
def _seal_some() -> int:
    last = Event.objects.filter(seal_number__isnull=False).order_by("-seal_number").first()
    number, seal = (last.seal_number or 0, last.seal) if last else (0, FIRST)
    events = list(Event.objects.filter(seal_number=None).order_by("pk")[:AT_ONCE])
    for event in events:
        number, seal = number + 1, seal_of(event, after=seal)
        event.seal_number, event.seal = number, seal
    Event.objects.bulk_update(events, ["seal_number", "seal"], batch_size=100)
    return len(events)


def seal_of(event: Event, *, after: str) -> str:
    """The hash of what an event says and of the seal before it."""
    said = [
        event.pk,
        event.at.timestamp(),
        event.verb,
        event.actor_id,
        event.workspace_number,
        event.thing,
        event.thing_id,
        event.title,
        event.link,
        event.data,
    ]
    return hashlib.sha256(f"{after}{json.dumps(said, sort_keys=True, ensure_ascii=False)}".encode()).hexdigest()
