"""Sending the Monday letters.

The key of a letter holds person and week, so that no restart, second scheduler or clock change sends another.
"""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.notifications.mail import ends, gets_mail
from superviseme.notifications.stopping import MONDAYS, stop_headers
from superviseme.outbox.models import Message
from superviseme.outbox.post import post
from superviseme.policy.actions import Action
from superviseme.policy.check import YES, NotAllowed, Verdict, require
from superviseme.site.values import setting
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import iso_week, now, site_zone

from .report import plan_for, report_for, supervisors, writers

AT_ONCE = 100
WORDS: dict[str, Callable[[Person, str], dict[str, Any] | None]] = {"weekly": report_for, "plan": plan_for}


def when() -> str:
    """The cron expression of the day and hour that the site chose (0 is Monday)."""
    return f"0 {setting('weekly_hour')} * * {(int(setting('weekly_day')) + 1) % 7}"


def this_week() -> str:
    return iso_week(now().astimezone(site_zone()))


def send_weekly_reports(fence: Fence = FREE) -> str:
    """To all who have not got this week's yet; may be cut off anywhere and run again."""
    week = iso_week((fence.slot or now()).astimezone(site_zone()))
    reports = _send("weekly", _wanting(supervisors()), week, fence) if setting("weekly_report") else 0
    plans = _send("plan", writers(), week, fence)
    said = ", ".join(f"{n} {what}" for n, what in ((reports, "reports"), (plans, "plans")) if n)
    return f"{said} of {week}" if said else ""


@transaction.atomic
def send_to(person: Person, *, by: Person) -> Message | None:
    """Now, whatever was sent this week: to oneself, or by an administrator to whoever gets it, which is kept in the
    audit."""
    if by.pk != person.pk:
        require(by, Action.SITE_MANAGE)
        if not (verdict := wanted_by(person)):
            raise NotAllowed(verdict.reason)
    week = this_week()
    again = Message.objects.filter(key__startswith=key_of("weekly", person, week)).count()
    message = _write("weekly", person, week, again=again)
    if message and by.pk != person.pk:
        announce(Verb.WEEKLY_SENT, by, by=by, title="", link="/admin/weekly", count=1, week=week, person=person.pk)
    return message


def send_to_all(*, by: Person) -> int:
    """This week's, now, to everybody who has not got it; how many that were."""
    require(by, Action.SITE_MANAGE)
    sent = _send("weekly", _wanting(supervisors()), this_week(), FREE)
    announce(Verb.WEEKLY_SENT, by, by=by, title="", link="/admin/weekly", count=sent, week=this_week())
    return sent


def wanted_by(person: Person) -> Verdict:
    """Who has stopped Monday letters is not reached by somebody else's click either."""
    if _wants(person):
        return YES
    return Verdict(False, _("%(name)s has stopped Monday letters.") % {"name": person.full_name})


def words_for(person: Person, letter: str, week: str) -> dict[str, Any] | None:
    """What this letter would say now, in the person's language and zone."""
    with translation.override(language_of(person)), timezone.override(zone_of(person)):
        words = WORDS[letter](person, week)
    return words and {"name": person.full_name, **words, **ends(person, [MONDAYS])}


def key_of(letter: str, person: Person, week: str) -> str:
    return f"{letter}:{person.pk}:{week}"


def _wanting(people: Iterable[Person]) -> list[Person]:
    return [p for p in people if _wants(p)]


def _wants(person: Person) -> bool:
    return not hasattr(person, "habits") or person.habits.weekly_report


def _send(letter: str, people: list[Person], week: str, fence: Fence) -> int:
    written = 0
    for some in _groups([p for p in people if gets_mail(p)]):
        keys = [key_of(letter, p, week) for p in some]
        done = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
        for person in some:
            if key_of(letter, person, week) not in done:
                fence()
                written += _write(letter, person, week) is not None
    return written


@transaction.atomic
def _write(letter: str, person: Person, week: str, *, again: int = 0) -> Message | None:
    """None when there was nothing to report."""
    words = words_for(person, letter, week)
    if words is None:
        return None
    return post(
        letter,
        to=person.email,
        to_name=person.full_name,
        recipient=person.pk,
        key=key_of(letter, person, week) + (f":{again}" if again else ""),
        language=language_of(person),
        headers=stop_headers(person, [MONDAYS]),
        context=words,
    )


def _groups(people: list[Person]) -> Iterable[list[Person]]:
    for _number, some in groupby(enumerate(people), key=lambda pair: pair[0] // AT_ONCE):
        yield [person for _place, person in some]
