"""Opening, renewing and closing one's own calendar address. It is its owner's alone, so the law has nothing to say here."""

from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import F

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import hold
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.web.time import now

from .models import Feed

EVERY = timedelta(minutes=5)


@transaction.atomic
def open_feed(*, by: Person) -> Feed:
    """A new address; the one before opens nothing any more."""
    hold(by)
    feed, is_first = Feed.objects.get_or_create(person=by)
    if not is_first:
        Feed.objects.filter(pk=feed.pk).update(edition=F("edition") + 1, is_open=True, opened_at=now(), used_at=None)
        feed.refresh_from_db()
    announce(Verb.CALENDAR_OPENED, by, by=by, title="", link="/profile/calendar")
    return feed


@transaction.atomic
def close_feed(*, by: Person) -> None:
    if Feed.objects.filter(person=by, is_open=True).update(is_open=False):
        announce(Verb.CALENDAR_CLOSED, by, by=by, title="", link="/profile/calendar")


def note_use(feed: Feed) -> None:
    moment = now()
    if feed.used_at and moment - feed.used_at < EVERY:
        return
    try:
        Feed.objects.filter(pk=feed.pk).update(used_at=moment)
    except DatabaseError:
        return  # being seen is not worth a failed answer
