from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from superviseme.accounts.models import Person
from superviseme.accounts.people.queries import people_by_number
from superviseme.events.models import Event
from superviseme.notifications.sentences import named_in, sentence
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import prepared
from superviseme.web.time import site_zone

OPEN_TO_ADMINISTRATORS = ("/w/", "/theses/", "/projects", "/admin/")
"""Some lead to a page of the person concerned alone."""


@dataclass(frozen=True)
class Line:
    """One event in words."""

    number: int
    at: datetime
    who: str
    says: str
    verb: str
    link: str
    workspace: int | None
    place: str


def events(wanted: dict[str, Any]) -> QuerySet[Event]:
    """Events by the cleaned values of the filter form."""
    found = Event.objects.select_related("actor")
    if wanted.get("who"):
        found = found.filter(actor__in=_people(wanted["who"]))
    if wanted.get("verb"):
        found = found.filter(verb=wanted["verb"])
    if wanted.get("workspace"):
        found = found.filter(workspace_number=wanted["workspace"])
    if wanted.get("since"):
        found = found.filter(at__gte=datetime.combine(wanted["since"], time.min, site_zone()))
    if wanted.get("until"):
        found = found.filter(at__lt=datetime.combine(wanted["until"] + timedelta(days=1), time.min, site_zone()))
    return found


def _people(words: str) -> QuerySet[Person]:
    found = Q()
    for word in words.split()[:5]:
        found &= Q(email__icontains=word) | Q(name__icontains=word) | Q(surname__icontains=word)
    return Person.objects.filter(found)


def page_of(wanted: dict[str, Any], *, after: str = "") -> Page:
    rows = events(wanted) if any(wanted.values()) else _everything()
    page = keyset_page(rows, order=("-at", "-pk"), after=after)
    return Page(rows=list(lines(page.rows)), newer=page.newer, older=page.older)


@prepared
def _everything() -> QuerySet[Event]:
    return events({})


def lines(some: Iterable[Event]) -> Iterator[Line]:
    """In words; the people named are looked up together."""
    rows = list(some)
    people = people_by_number({number for e in rows if (number := named_in(e))})
    for event in rows:
        yield Line(
            number=event.pk,
            at=event.at,
            who=event.actor.full_name if event.actor else "",
            says=sentence(event, people),
            verb=event.verb,
            link=event.link if event.link.startswith(OPEN_TO_ADMINISTRATORS) else "",
            workspace=event.workspace_number,
            place=event.data.get("workspace", ""),
        )
