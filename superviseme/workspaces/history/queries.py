"""The event timeline of a workspace, as sentences."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.sentences import named_in, sentence
from superviseme.web.paging import Page, keyset_page

from ..room.models import Workspace


@dataclass(frozen=True)
class Line:
    """One thing that happened, for the timeline."""

    who: str
    says: str
    at: datetime
    link: str
    verb: str


def timeline(workspace: Workspace, *, after: str = "") -> Page:
    page = keyset_page(Event.objects.filter(workspace_number=workspace.pk), order=("-at", "-pk"), after=after)
    wanted = {e.actor_id for e in page.rows if e.actor_id}
    wanted |= {number for e in page.rows if (number := named_in(e))}
    people = Person.objects.in_bulk(wanted)
    lines = [
        Line(
            who=people[e.actor_id].full_name if e.actor_id in people else "",
            says=sentence(e, people, here=_("this workspace")),
            at=e.at,
            link=e.link,
            verb=e.verb,
        )
        for e in page.rows
    ]
    return Page(rows=lines, newer=page.newer, older=page.older)
