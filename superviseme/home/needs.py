"""What needs me: who waits, since when, for what, and the act on the row. Each source is one query."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.roles import Role, Seat
from superviseme.theses.models import Interest, InterestState, Topic
from superviseme.web.time import now, today
from superviseme.workspaces.models import Attendee, Comment, Meeting, Member, Milestone, Todo, Update
from superviseme.workspaces.updates.models import UpdateKind

MOST = 7
SOON = 7  # days


@dataclass(frozen=True)
class Need:
    """One row. `act_url` is posted to when `posts`, else a link."""

    what: str
    href: str
    why: str
    who: str
    since: dt.datetime
    act: str
    act_url: str
    icon: str
    due: dt.date | None = None
    posts: bool = False

    @property
    def day(self) -> dt.date:
        return self.due or self.since.date() + dt.timedelta(days=3)


def needs_of(person: Any) -> list[Need]:
    """At most 8 from each source, by due day; the page shows the first seven."""
    sources: list[Callable[[Any], Iterable[Need]]] = [todos, records, milestones]
    if Role.SUPERVISOR in person.roles:
        sources += [unanswered, interests]
    found = [need for source in sources for need in source(person)]
    return sorted(found, key=lambda n: (n.day, n.since))


def grouped(needs: list[Need]) -> list[tuple[str, str, list[Need]]]:
    """(title, kind, rows): overdue and today, this week, later."""
    day = today()
    parts: list[tuple[str, str, list[Need]]] = [
        (_("Today"), "urgent", [n for n in needs if n.day <= day]),
        (_("This week"), "", [n for n in needs if day < n.day <= day + dt.timedelta(days=SOON)]),
        (_("Later"), "", [n for n in needs if n.day > day + dt.timedelta(days=SOON)]),
    ]
    return [part for part in parts if part[2]]


def todos(person: Any) -> list[Need]:
    rows = Todo.objects.live().filter(assignee=person, state__in=["open", "doing"], workspace__frozen_at=None)
    rows = rows.filter(Exists(Member.objects.filter(workspace=OuterRef("workspace"), person=person)))
    rows = (
        rows.filter(due_on__lte=today() + dt.timedelta(days=14))
        .select_related("workspace", "created_by")
        .order_by("due_on", "pk")[: MOST + 1]
    )
    return [
        Need(
            what=t.title,
            href=t.get_absolute_url(),
            why=t.workspace.title,
            who=t.created_by.full_name if t.created_by_id != person.pk else "",
            since=t.created_at,
            due=t.due_on,
            act=_("Tick"),
            act_url=reverse("todo_completion", args=[t.workspace_id, t.number]),
            posts=True,
            icon="checkbox",
        )
        for t in rows
    ]


def records(person: Any) -> list[Need]:
    """Meeting records written and not yet confirmed by me."""
    rows = Attendee.objects.filter(
        person=person, confirmed_at=None, meeting__cancelled_at=None, meeting__deleted_at=None
    )
    rows = rows.exclude(meeting__recorded_at=None).filter(
        meeting__workspace__deleted_at=None, meeting__workspace__frozen_at=None
    )
    rows = rows.filter(Exists(Member.objects.filter(workspace=OuterRef("meeting__workspace"), person=person)))
    rows = rows.select_related("meeting__workspace", "meeting__created_by").order_by("meeting__recorded_at", "pk")[
        : MOST + 1
    ]
    return [
        Need(
            what=a.meeting.title,
            href=a.meeting.get_absolute_url(),
            why=_("record to confirm · %(title)s") % {"title": a.meeting.workspace.title},
            who=a.meeting.created_by.full_name if a.meeting.created_by_id != person.pk else "",
            since=a.meeting.recorded_at or a.meeting.created_at,
            act=_("Confirm"),
            act_url=a.meeting.get_absolute_url(),
            icon="calendar-event",
        )
        for a in rows
    ]


def milestones(person: Any) -> list[Need]:
    """Milestones of what I write, due within two weeks or missed."""
    rows = Milestone.objects.live().filter(
        reached_at=None, workspace__frozen_at=None, due_on__lte=today() + dt.timedelta(days=14)
    )
    rows = rows.filter(Exists(Member.objects.filter(workspace=OuterRef("workspace"), person=person, seat=Seat.AUTHOR)))
    rows = rows.select_related("workspace", "created_by").order_by("due_on", "pk")[: MOST + 1]
    return [
        Need(
            what=m.title,
            href=m.get_absolute_url(),
            why=_("Milestone of %(title)s") % {"title": m.workspace.title},
            who="",
            since=m.created_at,
            due=m.due_on,
            act=_("Open"),
            act_url=m.get_absolute_url(),
            icon="flag",
        )
        for m in rows
    ]


def unanswered(person: Any) -> list[Need]:
    """Updates of people I supervise that nobody who supervises has answered."""
    supervising = Member.objects.filter(workspace=OuterRef("workspace"), person=person, seat=Seat.SUPERVISOR)
    staff = Member.objects.filter(workspace=OuterRef("workspace"), person=OuterRef("created_by"), seat=Seat.SUPERVISOR)
    answers = Comment.objects.filter(update=OuterRef("pk"), deleted_at=None).filter(Exists(staff))
    rows = Update.objects.live().filter(Exists(supervising), workspace__frozen_at=None, workspace__kind="thesis")
    rows = rows.filter(created_at__gt=now() - dt.timedelta(days=120)).exclude(kind=UpdateKind.FEEDBACK)
    rows = rows.filter(~Exists(staff), ~Exists(answers)).exclude(created_by=person)
    rows = rows.select_related("workspace", "created_by").order_by("created_at", "pk")[: MOST + 1]
    return [
        Need(
            what=u.title,
            href=u.get_absolute_url(),
            why=f"{u.get_kind_display()} · {u.workspace.title}",
            who=u.created_by.full_name,
            since=u.created_at,
            act=_("Reply"),
            act_url=u.get_absolute_url(),
            icon={"question": "help", "problem": "alert-circle"}.get(u.kind, "messages"),
        )
        for u in rows
    ]


def interests(person: Any) -> list[Need]:
    """Requests for topics I offer."""
    rows = Interest.objects.filter(state=InterestState.PENDING, topic__in=Topic.objects.offered_by(person))
    rows = rows.select_related("topic", "student").order_by("created_at", "pk")[: MOST + 1]
    return [
        Need(
            what=i.topic.title,
            href=i.topic.get_absolute_url(),
            why=_("Would like to work on it"),
            who=i.student.full_name,
            since=i.created_at,
            act=_("Answer"),
            act_url=i.topic.get_absolute_url(),
            icon="inbox",
        )
        for i in rows
    ]


def waiting_for_others(person: Any) -> list[Need]:
    """What I asked others for: my requests, and to-dos I gave to somebody that are late."""
    late = Q(due_on__lt=today())
    rows = Todo.objects.live().filter(late, created_by=person, state__in=["open", "doing"], workspace__frozen_at=None)
    rows = (
        rows.exclude(assignee=person)
        .exclude(assignee=None)
        .select_related("workspace", "assignee")
        .order_by("due_on", "pk")[:5]
    )
    return [
        Need(
            what=t.title,
            href=t.get_absolute_url(),
            why=t.workspace.title,
            who=t.assignee.full_name if t.assignee else "",
            since=t.created_at,
            due=t.due_on,
            act=_("Open"),
            act_url=t.get_absolute_url(),
            icon="hourglass",
        )
        for t in rows
    ]


def next_date(person: Any) -> Meeting | None:
    """The next meeting, for the empty desk."""
    rows = Meeting.objects.live().filter(attendees__person=person, starts_at__gte=now(), cancelled_at=None)
    rows = rows.filter(Exists(Member.objects.filter(workspace=OuterRef("workspace"), person=person)))
    return rows.select_related("workspace").order_by("starts_at", "pk").first()
