"""Links by which mail is stopped without signing in: signed, for one person and what one letter was about."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from superviseme.accounts.models import Person
from superviseme.outbox.letters import link_to

from .categories import CATEGORIES

SALT = "superviseme.notifications.stopping"
MONDAYS = "mondays"
"""Stands for the report and plan of Mondays, which are letters and no notices."""


@dataclass(frozen=True)
class Stop:
    person: int
    what: tuple[str, ...]  # categories, or MONDAYS


def stop_link(person: Person, what: Iterable[str]) -> str:
    token = signing.dumps([person.pk, *map(str, what)], salt=SALT)
    return link_to(reverse("unsubscription", args=[token]))


def stop_headers(person: Person, what: Iterable[str]) -> dict[str, str]:
    """One click in the mail program (RFC 8058)."""
    link = stop_link(person, what)
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read_stop(token: str) -> Stop | None:
    """What a link stands for; None when it is not one of ours. Links do not expire, as mails are kept for years."""
    try:
        number, *what = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stop(int(number), tuple(w for w in what if w in {*map(str, CATEGORIES), MONDAYS}))
