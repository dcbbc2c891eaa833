"""Sample data for every letter under templates/mail/; a test holds that none is left out. The people are invented."""

import datetime as dt
from types import SimpleNamespace as Thing
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.mail import of_a_day, of_a_moment, rest
from superviseme.notifications.models import Notice
from superviseme.notifications.verbs import Verb
from superviseme.outbox.letters import link_to
from superviseme.web.dates import date
from superviseme.web.time import now, site_zone

ABOUT: dict[str, str | Promise] = {
    "notice": _("What happened a moment ago, or a meeting with its entry for the calendar"),
    "day": _("What happened in a day, for who wants it once a day"),
    "weekly": _("The Monday report to who supervises"),
    "plan": _("The Monday plan for who writes and asked for it"),
    "invitation": _("To somebody who is invited"),
    "account_open": _("When an administrator approved an account"),
    "account_declined": _("When an administrator did not open an account"),
    "identity_connected": _("After a provider was connected for signing in"),
    "token_made": _("After an access token for programs was made"),
    "webhook_opened": _("After a webhook was set up, sent elsewhere, or given a new secret"),
    "telegram_connected": _("After a Telegram chat was connected"),
    "telegram_disconnected": _("After a Telegram chat was disconnected"),
    "sign_up_address": _("To the address that somebody gave who signed in with a provider"),
    "sign_up_known": _("When that address belongs to an account already"),
    "password_reset": _("A link for a new password"),
    "password_changed": _("After a password was changed"),
    "email_change": _("To a new address, to confirm it"),
    "email_change_notice": _("To the old address, when another is asked for"),
    "handin_receipt": _("The receipt of a hand-in"),
    "test": _("Asked for in the outbox, to see whether mail arrives"),
}
WHY: dict[str, str | Promise] = {
    "weekly": _("You get this mail every week because you supervise these theses."),
    "plan": _("You get this mail every week because you asked for a plan of your week."),
}


def sample(letter: str) -> dict[str, Any]:
    """Context enough for this letter: each takes what it needs."""
    why = {"why": WHY[letter]} if letter in WHY else {}
    return {**_account(), **_hand_in(), **_monday(), **_news(daily=letter == "day"), **why}


def _account() -> dict[str, Any]:
    return {
        "name": "Alice",
        "provider": "ORCID",
        "label": "calendar script",
        "writes": True,
        "host": "programs.example.org",
        "renewed": False,
        "chat": "@alice",
        "inviter": "Bob Boss",
        "by": "",
        "role": "Student",
        "email": "alice.new@example.org",
        "done": False,
        "when": now(),
        "expires": now() + dt.timedelta(days=14),
        "minutes": 30,
        "link": link_to("/"),
    }


def _hand_in() -> dict[str, Any]:
    return {
        "title": "Bridges under wind",
        "receipt": "2026-0017",
        "zone": site_zone().key,
        "late": "",
        "filename": "thesis.pdf",
        "number": 3,
        "size": 2_400_000,
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "declaration": "I wrote this thesis myself and named all sources and tools.",
    }


def _news(*, daily: bool) -> dict[str, Any]:
    """Invented notices, in the words of real letters."""
    notices = [
        _notice(Verb.FEEDBACK_GIVEN, "", "/updates"),
        _notice(Verb.TODO_ASSIGNED, "Calibrate the sensors", "/todos"),
    ]
    words = of_a_day(notices, {}) if daily else of_a_moment(notices, {})
    return {**words, **rest(0), "stop": link_to("/"), "choices": link_to("/profile/notices")}


def _notice(verb: Verb, title: str, link: str) -> Notice:
    bob = Person(name="Bob", surname="Boss")
    data = {"workspace": "Bridges under wind"}
    event = Event(at=now(), verb=verb, actor=bob, workspace_number=1, title=title, link=link, data=data)
    return Notice(event=event, verb=verb)


def _monday() -> dict[str, Any]:
    item = Thing(what="Draft of chapter two", link=link_to("/"), fact=date(now() + dt.timedelta(days=3)))
    update = Thing(what="Alice Author posted an update in this thesis", link=link_to("/"), fact="First figures")
    silent = Thing(is_silent=True, absent_until=None, words="nothing since 3 November, agreed rhythm 14 days")
    heard = Thing(is_silent=False, absent_until=None, words="")
    first = Thing(title="Tides of Venice", students="Carol Colleague", quiet=silent, waits=[], due=[item], happened=[])
    second = Thing(
        title="Bridges under wind", students="Alice Author", quiet=heard, waits=[item], due=[], happened=[update]
    )
    for thesis in (first, second):
        thesis.link, thesis.state, thesis.more = link_to("/"), "In progress", 0
    return {
        "week": "2026-W49",
        "theses": [first, second],
        "requests": [],
        "silent": 1,
        "waiting": 1,
        "titles": "Bridges under wind",
        "due": [item],
        "meetings": [],
        "happened": [update],
        "desk": settings.BASE_URL,
    }
