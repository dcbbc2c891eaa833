"""Meetings shaped for the page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from superviseme.web.paging import Page, keyset_page
from superviseme.web.text import markdown
from superviseme.web.time import now

from ..room.models import Workspace
from ..todos.models import Todo, TodoMention
from ..todos.references import find, linker
from .models import Attendee, Meeting

PEOPLE = Prefetch("attendees", Attendee.objects.select_related("person").order_by("pk"))
LONGEST = dt.timedelta(hours=12)  # of a meeting: what began before that is over


@dataclass(frozen=True)
class Meetings:
    """What the list shows: what is on and what comes, soonest first; what is over, latest first."""

    ahead: Page
    past: Page


def meetings_pages(workspace: Workspace, *, later: str = "", after: str = "") -> Meetings:
    rows = Meeting.objects.live().filter(workspace=workspace)
    running = [m.pk for m in rows.filter(starts_at__gt=now() - LONGEST, starts_at__lte=now()) if not m.is_past]
    ahead = keyset_page(rows.filter(Q(starts_at__gt=now()) | Q(pk__in=running)), order=("starts_at", "pk"), after=later)
    past = keyset_page(
        rows.filter(starts_at__lte=now()).exclude(pk__in=running), order=("-starts_at", "-pk"), after=after
    )
    meetings = [*ahead.rows, *past.rows]
    prefetch_related_objects(meetings, PEOPLE)
    for meeting in meetings:
        meeting.workspace = workspace
    return Meetings(ahead, past)


def next_meeting(workspace: Workspace) -> Meeting | None:
    """The one that is on or comes next."""
    rows = Meeting.objects.live().filter(workspace=workspace, cancelled_at=None, starts_at__gt=now() - LONGEST)
    return next((m for m in rows.order_by("starts_at", "pk")[:10] if not m.is_past), None)


def write_out(meeting: Meeting) -> Meeting:
    """Give it agenda, notes and decisions as HTML with linked to-dos."""
    texts = {name: getattr(meeting, name) for name in ("agenda", "notes", "decisions")}
    replace = linker(_mentioned(meeting) if find("\n".join(texts.values())) else [])
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


def _mentioned(meeting: Meeting) -> list[Todo]:
    rows = TodoMention.objects.filter(meeting=meeting, todo__deleted_at=None).select_related("todo")
    return [row.todo for row in rows]


def with_people(rows: QuerySet) -> Any:
    """Who is asked, in one further query."""
    return rows.prefetch_related(PEOPLE)
