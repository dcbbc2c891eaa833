"""The way by mail: the letters `notice` (what happened together) and `day` (what happened in a day)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Channel, Message
from superviseme.outbox.post import prepare
from superviseme.web.dates import date, datetime_
from superviseme.web.time import now

from . import calendars
from .categories import CATEGORIES, category_of
from .models import Notice
from .sentences import is_told, link_for, sentence
from .stopping import stop_headers, stop_link
from .verbs import Verb
from .ways import Bundle, Way, register
from .when import when

IN_CALENDARS = {
    Verb.MEETING_PLANNED,
    Verb.MEETING_CHANGED,
    Verb.MEETING_CANCELLED,
    Verb.MEETING_DELETED,
    Verb.MEETING_RESTORED,
}


BEFORE = timedelta(hours=1)
MOST_LINES = 300  # of a letter; it says how many more there are


def gets_mail(person: Person) -> bool:
    return person.is_active and person.erased_at is None and not person.is_smoke


def _reached(people: Iterable[Person]) -> set[int]:
    return {person.pk for person in people if gets_mail(person)}


@dataclass(frozen=True)
class Line:
    """One piece of news in a letter."""

    who: str
    says: str
    when: str
    link: str
    act: str
    place: str
    detail: str = ""  # when it is, or is due


def write(bundle: Bundle) -> Message:
    person = bundle.person
    language = language_of(person)
    categories = sorted({category_of(n.verb) for n in bundle.notices})
    shown = bundle.notices[:MOST_LINES]
    with translation.override(language), timezone.override(zone_of(person)):
        words = (of_a_day if bundle.daily else of_a_moment)(shown, bundle.people)
        return prepare(
            "day" if bundle.daily else "notice",
            to=person.email,
            to_name=person.full_name,
            recipient=person.pk,
            key=bundle.key,
            language=language,
            headers={**({} if bundle.daily else _thread(_workspace(bundle))), **stop_headers(person, categories)},
            calendar="" if bundle.daily else _calendar(bundle),
            context={
                "name": person.full_name,
                **words,
                **rest(len(bundle.notices) - len(shown)),
                **ends(person, categories),
            },
        )


def rest(more: int) -> dict[str, Any]:
    """How many have no room, and where they are."""
    return {"more": more, "all": link_to("/notifications")}


def ends(person: Person, what: Iterable[str]) -> dict[str, str]:
    """How every such letter ends: the way to stop it, and the way to one's choices."""
    return {"stop": stop_link(person, what), "choices": link_to("/profile/notices")}


def lines_of(notices: Iterable[Notice], people: Mapping[int, Any]) -> list[Line]:
    """In the language and zone that hold at the moment."""
    return [_line(notice, people) for notice in notices]


def _line(notice: Notice, people: Mapping[int, Any]) -> Line:
    event = notice.event
    others = {pk: person for pk, person in people.items() if pk != notice.recipient_id}
    return Line(
        who=event.actor.full_name if event.actor else "",
        says=sentence(event, others, told=is_told(event, notice.recipient_id)),
        when=datetime_(event.at),
        link=link_to(link_for(event, notice.recipient_id) or "/notifications"),
        act=str(CATEGORIES[category_of(event.verb)].act),
        place=event.data.get("workspace") or "",
        detail=when(event),
    )


def of_a_moment(notices: list[Notice], people: Mapping[int, Any]) -> dict[str, Any]:
    about, places = about_of(notices), places_of(notices)
    why = _("You get this mail because it concerns you.")
    if places:
        why = _("You get this mail because you take part in «%(title)s».") % {"title": about}
    if len(places) > 1:
        about = _("News of %(n)s theses and projects") % {"n": len(places)}
        why = _("You get this mail because you take part in these theses and projects.")
    return {"lines": lines_of(notices, people), "about": about, "why": why}


def about_of(notices: list[Notice]) -> str:
    """The title of the one workspace they speak of, else nothing."""
    first = notices[0].event
    return (first.data.get("workspace") or first.title) if len(places_of(notices)) == 1 else ""


def places_of(notices: Iterable[Notice]) -> set[int]:
    return {n.event.workspace_number for n in notices if n.event.workspace_number}


def of_a_day(notices: Iterable[Notice], people: Mapping[int, Any]) -> dict[str, Any]:
    lines = sorted(lines_of(notices, people), key=lambda line: line.place)
    return {
        "day": date(now()),
        "count": len(lines),
        "places": [(place, list(some)) for place, some in groupby(lines, key=lambda line: line.place)],
        "why": _("You get this mail because you chose to hear of these things once a day."),
    }


def _workspace(bundle: Bundle) -> int | None:
    places = places_of(bundle.notices)
    return places.pop() if len(places) == 1 else None


def _thread(workspace_number: int | None) -> dict[str, str]:
    """Mail programs put letters about one workspace together."""
    if not workspace_number:
        return {}
    start = f"<workspace-{workspace_number}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"
    return {"References": start, "In-Reply-To": start}


def _calendar(bundle: Bundle) -> str:
    return _entry(bundle.notices[-1], bundle.person)


def _entry(notice: Notice, person: Person) -> str:
    event = notice.event
    return calendars.entry_of(event.thing, event.thing_id, person) if event.thing_id else ""


def _changes_a_calendar(notice: Notice) -> bool:
    """Who has read it in the app knows; their calendar does not."""
    return notice.verb in IN_CALENDARS and bool(_entry(notice, notice.recipient))


def _needed_by(notice: Notice) -> datetime | None:
    """An hour before what the calendar has to know of; nobody is late for what was moved or cancelled."""
    if notice.verb not in IN_CALENDARS:
        return None
    data = notice.event.data if isinstance(notice.event.data, dict) else {}
    try:
        begins = datetime.fromisoformat(data.get("begins", ""))
    except ValueError:  # an event from before it was kept
        return None
    return begins - BEFORE if _changes_a_calendar(notice) else None


def install() -> None:
    calendar: dict[str, Any] = {"even_read": _changes_a_calendar, "ungathered": _changes_a_calendar}
    register(Way(Channel.EMAIL.value, Channel.EMAIL.label, _reached, write, **calendar, needed_by=_needed_by))
