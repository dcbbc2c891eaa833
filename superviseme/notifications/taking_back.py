"""What was undone before anybody heard of it: its notices are taken back, so that nobody hears of either."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from superviseme.events.models import Event
from superviseme.web.time import now

from .models import Notice, Telling


@transaction.atomic
def take_back(event: Event) -> list[int]:
    """The notices of `event` that were neither read nor told by any way go. Returns whose they were: those people do
    not have to hear that it was undone. A notice read by itself, as its workspace is muted, counts as not read.

    Each step holds its rows against the worker: one that is told meanwhile stays.
    """
    unread = Notice.objects.filter(Q(read_at=None) | Q(read_at=F("created_at")), event=event)
    unread.update(spread_at=Coalesce("spread_at", now()))
    told = Telling.objects.filter(notice=OuterRef("notice")).exclude(told_at=None)
    Telling.objects.filter(~Exists(told), notice__in=unread).delete()
    gone = unread.filter(~Exists(Telling.objects.filter(notice=OuterRef("pk"))))
    people = list(gone.order_by("recipient").values_list("recipient", flat=True))
    unread.filter(recipient__in=people).delete()
    return people
