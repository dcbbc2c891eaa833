"""Reading the audit trail."""

from collections.abc import Iterator

from django.db.models import Max

from .actions import FIRST, seal_of
from .models import Event


def broken_seals() -> Iterator[Event]:
    """Sealed events that do not say any more what they said when sealed, or that follow a gap."""
    seal, number = FIRST, 0
    for event in Event.objects.filter(seal_number__isnull=False).order_by("seal_number").iterator(chunk_size=1000):
        if event.seal != seal_of(event, after=seal) or event.seal_number != number + 1:
            yield event
        seal, number = event.seal, event.seal_number or 0


def sealed_until() -> int:
    return Event.objects.aggregate(n=Max("seal_number"))["n"] or 0
