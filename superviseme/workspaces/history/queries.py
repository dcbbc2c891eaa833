"""The event timeline of a workspace, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.people.queries import people_by_number
from superviseme.events.models import Event
from superviseme.notifications.sentences import named_in, sentence
from superviseme.policy.check import can
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import prepared

from ..room.models import Workspace
from .gone import Gone, Key, gone


@dataclass(frozen=True)
class Line:
    """One thing that happened, for the timeline."""

    who: str
    says: str
    at: datetime
    link: str
    verb: str
    restoration: str  # where the reader may take a deletion back


def timeline(workspace: Workspace, person: Person, *, after: str = "") -> Page:
    page = keyset_page(_events(workspace.pk), order=("-at", "-pk"), after=after)
    wanted = {e.actor_id for e in page.rows if e.actor_id}
    wanted |= {number for e in page.rows if (number := named_in(e))}
    people = people_by_number(wanted)
    lost = gone(workspace, page.rows)
    back = _ways_back(page.rows, lost, person)
    lines = [
        Line(
            who=people[e.actor_id].full_name if e.actor_id in people else "",
            says=sentence(e, people, here=_("this workspace")),
            at=e.at,
            link="" if (e.thing, e.thing_id) in lost else e.link,
            verb=e.verb,
            restoration=back.get(e.pk, ""),
        )
        for e in page.rows
    ]
    return Page(rows=lines, newer=page.newer, older=page.older)


@prepared
def _events(workspace: int) -> QuerySet:
    return Event.objects.filter(workspace_number=workspace)


def _ways_back(events: Iterable[Event], lost: dict[Key, Gone], person: Person) -> dict[int, str]:
    """At the last deletion of each thing that this person may restore."""
    last: dict[Key, int] = {}
    for event in events:
        if event.verb.endswith(".deleted") and event.thing_id:
            last.setdefault((event.thing, event.thing_id), event.pk)
    return {
        pk: lost[key].restoration
        for key, pk in last.items()
        if key in lost and can(person, lost[key].action, lost[key])
    }
