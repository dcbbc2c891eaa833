"""From notices to what leaves the house: first by which ways and when, then what is due is put into messages."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from superviseme.accounts.presence import zone_of
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from .categories import Category, Delivery, category_of
from .models import Habits, Notice, Preference, Telling
from .tell import tell_what_is_due
from .timing import ROUND_THE_CLOCK, awake, next_letter
from .ways import Way, ways_to

SETTLE = timedelta(seconds=20)  # so that what happens together is told together
AT_ONCE = 500
Chosen = dict[tuple[int, str, str], str]


def spread_due_notices(fence: Fence = FREE) -> str:
    """Deal once with every notice that has settled, then tell what is due by each way."""
    planned = 0
    while True:
        fence()
        some = _plan_some()
        planned += some
        if some < AT_ONCE:
            break
    told = tell_what_is_due(fence)
    return f"{planned} notices, {told} letters" if planned or told else ""


@transaction.atomic
def _plan_some() -> int:
    """The oldest that settled: marked, and a Telling for each way their people want them by, together or not at all."""
    due = Notice.objects.filter(spread_at=None, created_at__lte=now() - SETTLE).select_related("recipient")
    notices = list(due.order_by("pk")[:AT_ONCE])
    mine = Notice.objects.filter(pk__in=[n.pk for n in notices], spread_at=None)
    if notices and mine.update(spread_at=now()) != len(notices):
        transaction.set_rollback(True)  # another worker has some of them: left to it
        return 0
    people = {n.recipient_id for n in notices}
    chosen, habits = _choices(people), {h.person_id: h for h in Habits.objects.filter(person__in=people)}
    Telling.objects.bulk_create(_tellings(notices, chosen, habits), ignore_conflicts=True, batch_size=150)
    return len(notices)


def _choices(people: Iterable[int]) -> Chosen:
    rows = Preference.objects.filter(person__in=people)
    return {(p.person_id, p.category, p.channel): p.delivery for p in rows}


def _tellings(notices: list[Notice], chosen: Chosen, habits: dict[int, Habits]) -> Iterable[Telling]:
    moment, ways = now(), ways_to(n.recipient for n in notices)
    offered = {way.channel: way.categories() for way in {w.channel: w for some in ways.values() for w in some}.values()}
    for notice in notices:
        person = notice.recipient
        for way in ways[person.pk]:
            if category_of(notice.verb) not in offered[way.channel]:
                continue
            wanted = delivery_of(category_of(notice.verb), way, chosen, person.pk)
            if wanted == Delivery.NEVER or (wanted == Delivery.IMPORTANT and not notice.loud):
                continue
            gathered = wanted == Delivery.DAILY and not way.ungathered(notice)
            due_at = _due(notice, way, habits.get(person.pk, ROUND_THE_CLOCK), moment, gathered=gathered)
            yield Telling(notice=notice, recipient=person, channel=way.channel, daily=gathered, due_at=due_at)


def _due(notice: Notice, way: Way, habits: Habits, moment: datetime, *, gathered: bool) -> datetime:
    """Not in hours of rest, unless it would come too late then."""
    zone = zone_of(notice.recipient)
    if gathered:
        return next_letter(moment, habits, zone)
    rested = awake(moment, habits, zone)
    needed_by = way.needed_by(notice) if rested > moment else None
    return moment if needed_by and needed_by < rested else rested


def delivery_of(category: Category, way: Way, chosen: Chosen, person: int) -> str:
    return chosen.get((person, category.value, way.channel), Delivery.IMPORTANT.value)
