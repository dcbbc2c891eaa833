"""Meetings shaped for the page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import give, prepared
from superviseme.web.text import markdown
from superviseme.web.time import now

from ..room.models import Workspace
from ..todos.models import Todo, TodoMention
from ..todos.references import find, linker_of
from .models import Attendee, Meeting

PEOPLE = Prefetch("attendees", Attendee.objects.select_related("person").order_by("pk"))
LONGEST = dt.timedelta(hours=12)  # of a meeting: what began before that is over


@dataclass(frozen=True)
class Meetings:
    """What the list shows: what is on and what comes, soonest first; what is over, latest first."""

    ahead: Page
    past: Page


def meetings_pages(workspace: Workspace, *, later: str = "", after: str = "") -> Meetings:
    moment = now()
    running = [m.pk for m in _begun(workspace.pk, moment - LONGEST, moment).fetch() if not m.is_past]
    ahead = keyset_page(_ahead(workspace.pk, moment, running), order=("starts_at", "pk"), after=later)
    past = keyset_page(_past(workspace.pk, moment, running), order=("-starts_at", "-pk"), after=after)
    meetings = [*ahead.rows, *past.rows]
    give(meetings, "attendees", _attendees([m.pk for m in meetings]).fetch(), by="meeting_id")
    for meeting in meetings:
        meeting.workspace = workspace
    return Meetings(ahead, past)


@prepared
def _begun(workspace: int, since: dt.datetime, moment: dt.datetime) -> QuerySet:
    return Meeting.objects.live().filter(workspace=workspace, starts_at__gt=since, starts_at__lte=moment)


@prepared
def _ahead(workspace: int, moment: dt.datetime, running: list[int]) -> QuerySet:
    return Meeting.objects.live().filter(Q(starts_at__gt=moment) | Q(pk__in=running), workspace=workspace)


@prepared
def _past(workspace: int, moment: dt.datetime, running: list[int]) -> QuerySet:
    return Meeting.objects.live().filter(workspace=workspace, starts_at__lte=moment).exclude(pk__in=running)


@prepared
def _attendees(meetings: list[int]) -> QuerySet:
    return Attendee.objects.filter(meeting__in=meetings).select_related("person").order_by("pk")


def next_meeting(workspace: Workspace) -> Meeting | None:
    """The one that is on or comes next."""
    rows = Meeting.objects.live().filter(workspace=workspace, cancelled_at=None, starts_at__gt=now() - LONGEST)
    return next((m for m in rows.order_by("starts_at", "pk")[:10] if not m.is_past), None)


def write_out(meeting: Meeting) -> Meeting:
    """Give it agenda, notes and decisions as HTML with linked to-dos."""
    texts = {name: getattr(meeting, name) for name in ("agenda", "notes", "decisions")}
    replace = linker_of(_mentioned(meeting) if find("\n".join(texts.values())) else [])
    for name, text in texts.items():
        setattr(meeting, f"{name}_html", markdown(text, replace))
    return meeting


def page_of(workspace: Workspace, meeting: Meeting) -> Meeting:
    """The meeting written out, with its actions."""
    write_out(meeting)
    actions = Todo.objects.filter(meeting=meeting, deleted_at=None).select_related("assignee").order_by("number")
    meeting.actions_shown = list(actions)
    for todo in meeting.actions_shown:
        todo.workspace = workspace
    return meeting


def _mentioned(meeting: Meeting) -> QuerySet[TodoMention]:
    return TodoMention.objects.filter(meeting=meeting, todo__deleted_at=None).select_related("todo")


def with_people(rows: QuerySet) -> Any:
    """Who is asked, in one further query."""
    return rows.prefetch_related(PEOPLE)
