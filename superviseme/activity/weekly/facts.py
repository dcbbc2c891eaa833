"""What the Monday letters are made of, read for all theses of a person together."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.translation import gettext as _
from markupsafe import Markup

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.notifications.sentences import sentence
from superviseme.outbox.letters import link_to
from superviseme.policy.roles import Kind
from superviseme.theses.states import ENDED, SUBMITTABLE, State
from superviseme.web.dates import date, due
from superviseme.web.text import plain
from superviseme.web.time import now, today
from superviseme.workspaces.models import Attendee, Meeting, Milestone, Todo, Update, Workspace
from superviseme.workspaces.updates.models import UpdateKind
from superviseme.workspaces.updates.queries import answers, written_by_others

from ..silence.queries import ACTS

WEEK, AHEAD = dt.timedelta(days=7), dt.timedelta(days=14)
HAPPENED = ACTS | {Verb.STATE_MOVED, Verb.THESIS_DEFENCE_PLANNED, Verb.THESIS_OUTCOME, Verb.THESIS_GRADED}
MOST_EVENTS = 2000
RECENT = dt.timedelta(days=120)


@dataclass(frozen=True)
class Item:
    """One line: what, where it leads, and a fact behind it."""

    workspace: int
    what: str
    link: str
    fact: str = ""


def under_way() -> Any:
    """Theses that go on; those in the bin or frozen rest."""
    return Workspace.objects.live().filter(kind=Kind.THESIS, frozen_at=None).exclude(thesis__state__in=ENDED)


def happened(spaces: Iterable[int], reader: Person) -> list[Item]:
    """What others did in the last seven days, the newest first; edits of the same thing once."""
    rows = Event.objects.filter(
        workspace_number__in=list(spaces), at__gt=now() - WEEK, at__lte=now(), verb__in=HAPPENED
    )
    found, seen = [], set()
    for event in rows.exclude(actor=reader).select_related("actor").order_by("-at", "-pk")[:MOST_EVENTS]:
        if (event.verb, event.thing, event.thing_id) in seen:
            continue
        seen.add((event.verb, event.thing, event.thing_id))
        who = event.actor.full_name if event.actor else ""
        says = sentence(event, here=_("this thesis"))
        fact = event.title if event.thing == "workspaces.update" else ""
        found.append(Item(event.workspace_number or 0, f"{who} {says}".strip(), _absolute(event.link), fact))
    return found


def waits_for(person: Person, spaces: Iterable[int]) -> list[Item]:
    """What others wait for from this person: answers, confirmations, to-dos."""
    spaces = list(spaces)
    found = [_item(u, _("%(name)s wrote, unanswered: %(title)s"), u.created_at) for u in unanswered(person, spaces)]
    records = Attendee.objects.filter(person=person, confirmed_at=None, meeting__workspace__in=spaces)
    records = records.filter(
        meeting__recorded_at__isnull=False, meeting__cancelled_at=None, meeting__deleted_at=None
    ).select_related("meeting__created_by")
    found += [_item(a.meeting, _("A record to confirm: %(title)s"), a.meeting.recorded_at) for a in records[:100]]
    for todo in _open(Todo.objects.filter(assignee=person, workspace__in=spaces)).select_related("created_by")[:100]:
        fact = _due(todo.due_on) if todo.due_on else ""
        found.append(Item(todo.workspace_id, _("To do: %(title)s") % {"title": todo.title}, _link(todo), fact))
    return found


def unanswered(person: Person, spaces: list[int]) -> QuerySet[Update]:
    """Updates that nobody who supervises has answered."""
    rows = Update.objects.filter(workspace__in=spaces, deleted_at=None, created_at__gt=now() - RECENT)
    rows = rows.filter(written_by_others(), ~Exists(answers()))
    rows = rows.exclude(kind=UpdateKind.FEEDBACK).exclude(created_by=person)
    return rows.select_related("created_by").order_by("created_at", "pk")[:100]


def due_in(spaces: Iterable[int], *, whose: Iterable[int] | None = None) -> list[Item]:
    """Milestones and to-dos of these people (None: everybody's) that are late or due within two weeks, by day."""
    until, spaces = today() + AHEAD, list(spaces)
    milestones = Milestone.objects.filter(workspace__in=spaces, deleted_at=None, reached_at=None, due_on__lte=until)
    todos = _open(Todo.objects.filter(workspace__in=spaces, due_on__lte=until))
    if whose is not None:
        todos = todos.filter(Q(assignee__in=list(whose)) | Q(assignee=None))
    rows: list[Any] = [*milestones.order_by("due_on", "pk")[:300], *todos.order_by("due_on", "pk")[:300]]
    return [
        Item(thing.workspace_id, thing.title, _link(thing), _due(thing.due_on))
        for thing in sorted(rows, key=lambda t: (t.due_on, t.pk))
    ]


def hand_ins(workspaces: Iterable[Any]) -> list[Item]:
    """Days of handing in that come within two weeks or have passed; the workspaces come with their thesis."""
    found = []
    for w in workspaces:
        day = w.thesis.submit_by
        if day and day <= today() + AHEAD and w.thesis.state in (State.ACCEPTED, *SUBMITTABLE):
            found.append(Item(w.pk, _("Hand-in"), _link(w), _due(day)))
    return found


def meetings_of(person: Person, spaces: Iterable[int]) -> list[Item]:
    """The person's meetings of the coming seven days."""
    rows = Meeting.objects.filter(workspace__in=list(spaces), deleted_at=None, cancelled_at=None)
    rows = rows.filter(attendees__person=person, starts_at__gte=now(), starts_at__lt=now() + WEEK)
    return [
        _item(m, "%(title)s", m.starts_at) for m in rows.select_related("created_by").order_by("starts_at", "pk")[:50]
    ]


def _open(todos: QuerySet[Todo]) -> QuerySet[Todo]:
    return todos.filter(deleted_at=None, state__in=["open", "doing"])


def _item(thing: Any, words: str, moment: dt.datetime | None) -> Item:
    said = words % {"name": thing.created_by.full_name, "title": plain(thing.title, 80)}
    return Item(thing.workspace_id, said, _link(thing), date(moment))


def _due(day: dt.date) -> str:
    """«due in 3 days», without the markup of pages."""
    return Markup(due(day)).striptags()


def _link(thing: Any) -> str:
    return _absolute(thing.get_absolute_url())


def _absolute(path: str) -> str:
    return link_to(path if path.startswith("/") else "/")
