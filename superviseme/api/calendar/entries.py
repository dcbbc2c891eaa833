"""A calendar (RFC 5545) of a person's meetings and deadlines. The same things make the same bytes, so that a program that
asks again is told that nothing changed. Names of people stay out: calendars travel."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.outbox.letters import link_to
from superviseme.site.values import setting
from superviseme.web.later import later
from superviseme.workspaces.meetings.ics import event_of

from . import queries

icalendar = later("icalendar")

AGAIN = "PT30M"


def calendar_of(person: Person) -> bytes:
    with translation.override(language_of(person)):
        calendar = icalendar.Calendar()
        calendar.add("prodid", f"-//{setting('site_name')}//Calendar//EN")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", setting("site_name"))
        calendar.add(
            "refresh-interval", icalendar.vDuration(dt.timedelta(minutes=30)), parameters={"value": "DURATION"}
        )
        calendar.add("x-published-ttl", AGAIN)
        for event in _events(person):
            calendar.add_component(event)
        return calendar.to_ical()


def _events(person: Person) -> Iterator[Any]:
    yield from (event_of(meeting) for meeting in queries.meetings_of(person))
    for todo in queries.todos_of(person):
        yield _day("todo", todo, todo.due_on, _("To do: %(title)s") % {"title": todo.title})
    for milestone in queries.milestones_of(person):
        yield _day("milestone", milestone, milestone.due_on, _("Milestone: %(title)s") % {"title": milestone.title})
    for thesis in queries.theses_of(person):
        if queries.is_to_hand_in(thesis):
            yield _day("hand-in", thesis, thesis.submit_by, _("Hand-in: %(title)s") % {"title": thesis.title})
        if thesis.defence_at:
            yield _defence(thesis)


def _day(kind: str, thing: Any, day: dt.date | None, words: str) -> Any:
    """The whole day, which keeps nobody busy."""
    event = _event(kind, thing, words)
    event.add("dtstart", day)
    event.add("transp", "TRANSPARENT")
    return event


def _defence(thesis: Any) -> Any:
    event = _event("defence", thesis, _("Defence: %(title)s") % {"title": thesis.title})
    event.add("dtstart", thesis.defence_at)
    event.add("dtend", thesis.defence_at + dt.timedelta(hours=1))
    if thesis.defence_place:
        event.add("location", thesis.defence_place)
    return event


def _event(kind: str, thing: Any, words: str) -> Any:
    """`thing` is a row of a workspace or a thesis, which changes with its workspace."""
    page, row = link_to(thing.get_absolute_url()), thing if hasattr(thing, "created_at") else thing.workspace
    event = icalendar.Event()
    event.add("uid", f"{kind}-{thing.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", row.edited_at or row.created_at)
    event.add("summary", words)
    event.add("url", page)
    event.add("description", "\n\n".join([thing.workspace.title, page]))
    return event
