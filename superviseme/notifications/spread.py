"""Turns due notices into letters: for one person the news of a few moments about one workspace is one letter."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.outbox.post import post
from superviseme.web.dates import datetime_
from superviseme.web.time import now

from .models import Notice
from .sentences import sentence

log = structlog.get_logger("superviseme.notices")
SETTLE = timedelta(seconds=20)  # so that what happens together is told together
AT_ONCE = 500


def spread_due_notices(fence: Callable[[], None] = lambda: None) -> str:
    """Deal once with every notice that has settled: a letter when it is loud, unread and its person gets mail."""
    due = Notice.objects.filter(spread_at=None, created_at__lte=now() - SETTLE).order_by("pk")
    quiet = due.filter(loud=False).update(spread_at=now())
    loud = list(due.filter(loud=True).select_related("event__actor", "recipient")[:AT_ONCE])
    letters = 0
    for _key, some in groupby(sorted(loud, key=_bundle), key=_bundle):
        fence()
        letters += _try(list(some))
    told = len(loud) + quiet
    return f"{told} notices, {letters} letters" if told else ""


def _bundle(notice: Notice) -> tuple[int, int, int]:
    return (
        notice.recipient_id,
        notice.event.workspace_number or 0,
        notice.pk if not notice.event.workspace_number else 0,
    )


def _try(notices: list[Notice]) -> bool:
    """News that cannot be put into a letter is given up, so that the letters of others go."""
    try:
        return _spread(notices)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("Notices could not be made a letter.", notices=[n.pk for n in notices])
        Notice.objects.filter(pk__in=[n.pk for n in notices], spread_at=None).update(spread_at=now())
        return False


@transaction.atomic
def _spread(notices: list[Notice]) -> bool:
    """One letter, and its notices marked, together or not at all."""
    mine = Notice.objects.filter(pk__in=[n.pk for n in notices], spread_at=None)
    if mine.update(spread_at=now()) != len(notices):
        transaction.set_rollback(True)  # another worker has some of them: left to it
        return False
    person = notices[0].recipient
    unread = [n for n in notices if n.read_at is None]
    if not unread or not gets_mail(person):
        return False
    _write(person, unread)
    return True


def gets_mail(person: Person) -> bool:
    return person.is_active and person.erased_at is None and not person.is_smoke


@dataclass(frozen=True)
class Line:
    """One piece of news in a letter."""

    who: str
    says: str
    when: str
    link: str


def _write(person: Person, notices: list[Notice]) -> None:
    first = notices[0].event
    language = person.language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone_of(person)):
        lines = lines_of(notices)
        about = (first.data.get("workspace") or first.title) if first.workspace_number else ""
        post(
            "notice",
            to=person.email,
            to_name=person.full_name,
            recipient=person.pk,
            key=f"notice:{notices[0].pk}:email:{person.pk}",
            language=language,
            headers=_thread(first.workspace_number),
            context={"name": person.full_name, "lines": lines, "about": about, "why": _why(about)},
        )


def lines_of(notices: Iterable[Notice]) -> list[Line]:
    return [_line(notice.event, _named(notice)) for notice in notices]


def _line(event: Any, named: dict[int, Person]) -> Line:
    who = event.actor.full_name if event.actor else ""
    link = f"{settings.BASE_URL}{event.link}" if event.link.startswith("/") else settings.BASE_URL + "/notifications"
    return Line(who=who, says=sentence(event, named, told=True), when=datetime_(event.at), link=link)


def _named(notice: Notice) -> dict[int, Person]:
    number = notice.event.data.get("person")
    named = isinstance(number, int) and number != notice.recipient_id
    return Person.objects.in_bulk([number]) if named else {}


def _why(about: str) -> str:
    if about:
        return _("You get this mail because you take part in «%(title)s».") % {"title": about}
    return _("You get this mail because it concerns you.")


def _thread(workspace_number: int | None) -> dict[str, str]:
    """Mail programs put letters about one workspace together."""
    if not workspace_number:
        return {}
    start = f"<workspace-{workspace_number}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"
    return {"References": start, "In-Reply-To": start}
