"""What is written about the bot: by administrators, and by the scheduler as Telegram answers."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.web.answers import Stale
from superviseme.web.sealed import seal
from superviseme.web.time import now

from ..models import Bot
from .queries import ONE, is_fixed, kept
from .words import FIXED, NAMES, named

A_WEEK = timedelta(days=6)  # after seven days of silence Telegram counts from a new number
FAR = 1_000_000  # updates in a week; more is another count


@transaction.atomic
def change_bot(*, token: str, mode: str, kinds: list[str] | None, by: Person, seen: str | None = None) -> list[str]:
    """Save what differs, and say which. An empty token leaves the one that is kept; it is never shown again."""
    require(by, Action.SITE_MANAGE)
    _write()
    row = Bot.objects.select_for_update().get(pk=ONE)
    if seen is not None and seen != version_of(row):
        raise Stale(row)
    wanted: dict[str, Any] = {"mode": mode, "kinds": kinds}
    changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    if token:
        if is_fixed():
            raise NotAllowed(FIXED)
        changed |= _of_a_new_token(seal(token))
    if changed:
        _change(changed, by)
    return sorted(changed.keys() & NAMES.keys())


@transaction.atomic
def remove_token(*, by: Person) -> None:
    """The site has no bot from now on. Chats stay connected for the next one with this name."""
    require(by, Action.SITE_MANAGE)
    if is_fixed():
        raise NotAllowed(FIXED)
    if Bot.objects.filter(pk=ONE).exclude(sealed_token="").exists():
        _change(_of_a_new_token(""), by)


def version_of(row: Bot) -> str:
    """Changes whenever an administrator changes something; forms carry it."""
    return hashlib.sha256(str(row.changed_at).encode()).hexdigest()[:16]


def _of_a_new_token(sealed: str) -> dict[str, Any]:
    anew: dict[str, Any] = {"username": "", "arranged": "", "next_update": 0, "heard_at": None, "quiet_until": None}
    return {"sealed_token": sealed, "problem": "", "problem_at": None, **anew}


def _change(changed: dict[str, Any], by: Person) -> None:
    _write(**changed, changed_at=now())
    fields = [name for name in changed if name in NAMES]
    announce(
        Verb.BOT_CHANGED, kept(), by=by, title="", link="/admin/telegram", fields=fields, **named({"fields": fields})
    )


def arranged(*, username: str, figure: str) -> None:
    """Telegram knows how to reach us. Another bot, which a new token of the environment can bring, counts by itself."""
    anew = {} if kept().username == username[:64] else {"next_update": 0, "heard_at": None}
    _write(username=username[:64], arranged=figure, problem="", problem_at=None, **anew)


def in_trouble(why: str, *, quiet: timedelta | None = None) -> None:
    """Telegram did not do what we wanted; with `quiet`, nothing is sent for so long."""
    rest = {"quiet_until": now() + quiet} if quiet else {}
    _write(problem=why[:300], problem_at=now(), **rest)


def well(row: Bot) -> None:
    if row.problem:
        Bot.objects.filter(pk=ONE).update(problem="", problem_at=None)


def first_time(number: int) -> bool:
    """Whether this update of Telegram's was not heard before; from now on it was.

    Telegram counts on by one. What is far above is none of its numbers and must not make deaf to those that come; what
    is far below is a count that began anew.
    """
    moment = now()
    ahead = Q(next_update__lte=number, next_update__gt=number - FAR)
    anew = Q(heard_at=None) | Q(heard_at__lt=moment - A_WEEK) | Q(next_update__gt=number + FAR)
    fresh = ahead | anew
    return Bot.objects.filter(fresh, pk=ONE).update(next_update=number + 1, heard_at=moment) == 1


def _write(**fields: Any) -> None:
    Bot.objects.update_or_create(pk=ONE, defaults=fields)
