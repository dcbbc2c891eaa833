"""The secret address of a person's calendar, and whose one is."""

import hmac
from hashlib import sha256

from django.conf import settings

from superviseme.outbox.letters import link_to
from superviseme.web.addresses import reverse

from .models import Feed


def address_of(feed: Feed) -> str:
    return link_to(reverse("calendar", kwargs={"token": _token(feed, settings.SECRET_KEY)}))


def feed_of(token: str) -> Feed | None:
    """The open feed of this token, as long as its person is let in."""
    number, _dash, figure = token.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19 and figure.isascii()):
        return None
    alive = Feed.objects.filter(person__is_active=True, person__erased_at=None, person__approved_at__isnull=False)
    feed = alive.filter(pk=int(number), is_open=True).select_related("person").first()
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return feed if feed and any(hmac.compare_digest(token, _token(feed, key)) for key in keys) else None


def _token(feed: Feed, key: str) -> str:
    said = f"superviseme.calendar:{feed.pk}:{feed.person_id}:{feed.edition}"
    return f"{feed.pk}-{hmac.new(key.encode(), said.encode(), sha256).hexdigest()}"
