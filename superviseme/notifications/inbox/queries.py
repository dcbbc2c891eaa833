"""The inbox as its page shows it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from superviseme.accounts.models import Person
from superviseme.accounts.people.queries import people_by_number
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import prepared

from ..models import Notice
from ..sentences import is_told, sentence

MANY = 100
LATEST = 10


def unread_count(person: Person) -> int:
    """For the bell on every page; counted no further than MANY, since the bell says «99+» then."""
    return len(_unread(person.pk).fetch(most=MANY))


@prepared
def _unread(person: int) -> QuerySet:
    return Notice.objects.filter(recipient=person, read_at=None, in_app=True).order_by().values_list("pk", flat=True)


def inbox(person: Person, *, unread: bool = False, after: str = "") -> Page:
    """The person's notices, newest first, each with its words (`who`, `says`, `place`)."""
    page = keyset_page(_notices(person.pk, unread=unread), order=("-pk",), after=after)
    with_words(page.rows)
    return page


def latest(person: Person) -> list[Notice]:
    """The newest few, for the bell."""
    return with_words(_notices(person.pk, unread=False).rows().order_by("-pk")[:LATEST])


@prepared
def _notices(person: int, *, unread: bool) -> QuerySet:
    rows = Notice.objects.filter(recipient=person, in_app=True).select_related("event__actor")
    return rows.filter(read_at=None) if unread else rows


def with_words(notices: Iterable[Notice]) -> list[Notice]:
    """Gives each notice its sentence; the people named in it, but the reader, are looked up together."""
    notices = list(notices)
    named = {n.event.data["person"] for n in notices if isinstance(n.event.data.get("person"), int)}
    named -= {n.recipient_id for n in notices}
    people = people_by_number(named)
    for notice in notices:
        notice.who = notice.event.actor.full_name if notice.event.actor else ""
        told = is_told(notice.event, notice.recipient_id)
        notice.says = sentence(notice.event, people, told=told)
        notice.place = notice.event.data.get("workspace", "")
    return notices
