"""What is due is told: for one person the news of a few moments about one workspace is one message, and so is a day's."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby, islice
from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, transaction

from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.outbox.models import Message
from superviseme.outbox.post import post_all
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from .categories import Category, category_of
from .models import Habits, Telling
from .sentences import named_in
from .timing import ROUND_THE_CLOCK, next_letter
from .ways import WAYS, Bundle

log = structlog.get_logger("superviseme.notices")
AT_ONCE = 500  # tellings looked at together
TOGETHER = 50  # messages a transaction
FEW = 3  # workspaces to which one person did the same, each with a letter of its own


def tell_what_is_due(fence: Fence = FREE) -> int:
    """Every telling that is due, once; how many messages that made."""
    made = 0
    while True:
        found = [*_some_at_once(), *_some_daily()]
        if not found:
            return made
        people = _people_named(found)
        bundle_of = _bundling(found)
        bundles = groupby(sorted(found, key=bundle_of), key=bundle_of)
        while some := [list(tellings) for _key, tellings in islice(bundles, TOGETHER)]:
            fence()
            made += _tell(some, people)


def _due() -> Any:
    due = Telling.objects.filter(told_at=None, due_at__lte=now(), channel__in=WAYS)
    return due.select_related("notice__event__actor", "recipient")


def _some_at_once() -> list[Telling]:
    return list(_due().filter(daily=False).order_by("due_at", "pk")[:AT_ONCE])


def _some_daily() -> list[Telling]:
    """A day is told whole, so people are picked and not rows."""
    waiting = Telling.objects.filter(told_at=None, due_at__lte=now(), channel__in=WAYS, daily=True)
    people = list(waiting.order_by("due_at", "pk").values_list("recipient", flat=True)[:AT_ONCE])
    return list(_due().filter(daily=True, recipient__in=list(dict.fromkeys(people))[:TOGETHER]).order_by("pk"))


def _bundling(tellings: Iterable[Telling]) -> Callable[[Telling], tuple[int, str, bool, str]]:
    """What belongs into one message. A meeting has a letter of its own, as a calendar takes one entry from a mail; what
    one person did to many workspaces at once, such as archiving them, is told in one."""
    places = defaultdict(set)
    for one in tellings:
        places[_deed(one)].add(one.notice.event.workspace_number)

    def bundle(telling: Telling) -> tuple[int, str, bool, str]:
        event, deed = telling.notice.event, _deed(telling)
        if telling.daily:
            about = "day"
        elif not event.workspace_number:
            about = f"notice:{telling.notice_id}"
        elif category_of(event.verb) == Category.MEETINGS:
            about = f"{event.thing}:{event.thing_id}"
        else:
            about = f"deed:{deed}" if len(places[deed]) > FEW else f"workspace:{event.workspace_number}"
        return (telling.recipient_id, telling.channel, telling.daily, about)

    return bundle


def _deed(telling: Telling) -> tuple[int, str, int | None, str]:
    event = telling.notice.event
    return (telling.recipient_id, telling.channel, event.actor_id, event.verb)


def _people_named(tellings: Iterable[Telling]) -> dict[int, Person]:
    """Those whom the events name, looked up together; events that are not as expected name nobody."""
    events = [t.notice.event for t in tellings]
    return Person.objects.in_bulk({named_in(e) or 0 for e in events if isinstance(e.data, dict)} - {0})


@transaction.atomic
def _tell(bundles: list[list[Telling]], people: dict[int, Person]) -> int:
    """Messages and their tellings marked, together or not at all."""
    marked = [t.pk for bundle in bundles for t in bundle]
    if Telling.objects.filter(pk__in=marked, told_at=None).update(told_at=now()) != len(marked):
        transaction.set_rollback(True)  # another worker has some of them: left to it
        return 0
    reached = _reached(bundles)
    made = [message for bundle in bundles if (message := _write(bundle, people, reached))]
    taken = set(Message.objects.filter(key__in=[m.key for m in made]).values_list("key", flat=True))
    for bundle in bundles:
        if bundle[0].daily and _key(bundle) in taken:
            _tomorrow(bundle)
    post_all(m for m in made if m.key not in taken)
    return len(made) - len(taken)


def _reached(bundles: list[list[Telling]]) -> set[tuple[str, int]]:
    """(channel, person) of those who can be told."""
    people: dict[str, list[Person]] = {}
    for first, *_others in bundles:
        people.setdefault(first.channel, []).append(first.recipient)
    return {(channel, number) for channel, some in people.items() for number in WAYS[channel].reached(some)}


def _write(tellings: list[Telling], people: dict[int, Person], reached: set[tuple[str, int]]) -> Message | None:
    """News that cannot be put into words is given up, so that the letters of others go."""
    person, way = tellings[0].recipient, WAYS[tellings[0].channel]
    news = [t.notice for t in tellings if t.notice.read_at is None or (not t.daily and way.even_read(t.notice))]
    if not news or (way.channel, person.pk) not in reached:
        return None
    try:
        return way.write(Bundle(person, news, _key(tellings), tellings[0].daily, people))
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Notices could not be put into words.", notices=[n.pk for n in news])
        return None


def _key(tellings: list[Telling]) -> str:
    first = tellings[0]
    if first.daily:
        # The day they were due: one that goes late must not take the place of the next day's.
        day = max(t.due_at for t in tellings).astimezone(zone_of(first.recipient)).date()
        return f"day:{day}:{first.channel}:{first.recipient_id}"
    return f"notice:{min(t.notice_id for t in tellings)}:{first.channel}:{first.recipient_id}"


def _tomorrow(tellings: list[Telling]) -> None:
    """One letter a day: who changed its hour after today's went waits for tomorrow's."""
    person = tellings[0].recipient
    habits = Habits.objects.filter(person=person).first() or ROUND_THE_CLOCK
    next_time = next_letter(now(), habits, zone_of(person))
    Telling.objects.filter(pk__in=[t.pk for t in tellings]).update(told_at=None, due_at=next_time)
