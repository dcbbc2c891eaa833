"""What needs me: who waits, since when, for what, and the act on the row. Each source is one query."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, Q, QuerySet, When
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.policy.roles import Role, Seat
from superviseme.theses.models import Interest, InterestState, Topic
from superviseme.theses.states import ENDED
from superviseme.web.addresses import reverse
from superviseme.web.prepared import prepared
from superviseme.web.time import now, today
from superviseme.workspaces.models import Attendee, Meeting, Member, Milestone, Todo, Update
from superviseme.workspaces.updates.models import UpdateKind
from superviseme.workspaces.updates.queries import answers, written_by_others

MOST = 7
SOON = 7  # days
OVER = Q(workspace__thesis__state__in=ENDED)


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


@dataclass(frozen=True)
class Waiting:
    """What needs a person, what the person waits for, and the next meeting."""

    needs: list[Need]
    others: list[Need]
    next_meeting: Meeting | None


def waiting(person: Any) -> Waiting:
    """At most 8 needs from each source, by due day; each source is one query and only asked where it can hold."""
    mine, others = todos(person)
    found, next_meeting = meetings(person)
    found += mine
    if person.roles & {Role.STUDENT, Role.RESEARCHER}:
        found += milestones(person)
    if Role.ADMIN in person.roles:
        found += approvals()
    if Role.SUPERVISOR in person.roles:
        found += [*unanswered(person), *interests(person)]
    return Waiting(sorted(found, key=lambda n: (n.day, n.since)), others, next_meeting)


def grouped(needs: list[Need]) -> list[tuple[str, str, list[Need]]]:
    """(title, kind, rows): overdue and today, this week, later."""
    day = today()
    parts: list[tuple[str, str, list[Need]]] = [
        (_("Today"), "urgent", [n for n in needs if n.day <= day]),
        (_("This week"), "", [n for n in needs if day < n.day <= day + dt.timedelta(days=SOON)]),
        (_("Later"), "", [n for n in needs if n.day > day + dt.timedelta(days=SOON)]),
    ]
    return [part for part in parts if part[2]]


def todos(person: Any) -> tuple[list[Need], list[Need]]:
    """(mine due within two weeks, late ones that I gave to others)."""
    found = _todos(person.pk, today(), today() + dt.timedelta(days=14)).fetch()
    to_do = [
        _todo(t, t.created_by if t.created_by_id != person.pk else None) for t in found if t.assignee_id == person.pk
    ]
    others = [_todo(t, t.assignee, given=True) for t in found if t.assignee_id != person.pk]
    return to_do[: MOST + 1], others[:5]


@prepared
def _todos(person: int, day: dt.date, until: dt.date) -> QuerySet:
    mine = Q(assignee=person, due_on__lte=until)
    given = Q(created_by=person, due_on__lt=day, assignee__isnull=False)
    rows = Todo.objects.live().filter(mine | given, state__in=["open", "doing"], workspace__frozen_at=None)
    rows = rows.exclude(OVER).filter(_with_a_seat("workspace", person))
    mine_first = Case(When(assignee=person, then=0), default=1)
    return rows.select_related("workspace", "created_by", "assignee").order_by(mine_first, "due_on", "pk")[:60]


def _with_a_seat(workspace: str, person: int, **more: Any) -> Q:
    """The few with a seat first: asked for each row, it would be all rows that are looked at."""
    return Q(**{f"{workspace}__in": Member.objects.filter(person=person, **more).values("workspace")})


def _todo(t: Todo, who: Any, given: bool = False) -> Need:
    return Need(
        what=t.title,
        href=t.get_absolute_url(),
        why=t.workspace.title,
        who=who.full_name if who else "",
        since=t.created_at,
        due=t.due_on,
        act=_("Open") if given else _("Tick"),
        act_url=t.get_absolute_url() if given else reverse("todo_completion", args=[t.workspace_id, t.number]),
        posts=not given,
        icon="hourglass" if given else "checkbox",
    )


def meetings(person: Any) -> tuple[list[Need], Meeting | None]:
    """(records written and not yet confirmed by me, my next meeting)."""
    found = _seats_at_meetings(person.pk, now()).fetch()
    records = [a.meeting for a in found if a.meeting.recorded_at and not a.confirmed_at]
    ahead = [a.meeting for a in found if a.meeting.starts_at >= now()]
    return [_record(m, person) for m in records][: MOST + 1], next(iter(ahead), None)


@prepared
def _seats_at_meetings(person: int, moment: dt.datetime) -> QuerySet:
    wanted = Q(confirmed_at=None, meeting__recorded_at__isnull=False) | Q(meeting__starts_at__gte=moment)
    rows = Attendee.objects.filter(wanted, person=person, meeting__cancelled_at=None, meeting__deleted_at=None)
    rows = rows.filter(meeting__workspace__deleted_at=None, meeting__workspace__frozen_at=None)
    rows = rows.filter(_with_a_seat("meeting__workspace", person))
    return rows.select_related("meeting__workspace", "meeting__created_by").order_by("meeting__starts_at", "pk")[:30]


def _record(meeting: Meeting, person: Any) -> Need:
    return Need(
        what=meeting.title,
        href=meeting.get_absolute_url(),
        why=_("record to confirm · %(title)s") % {"title": meeting.workspace.title},
        who=meeting.created_by.full_name if meeting.created_by_id != person.pk else "",
        since=meeting.recorded_at or meeting.created_at,
        act=_("Confirm"),
        act_url=meeting.get_absolute_url(),
        icon="calendar-event",
    )


def approvals() -> list[Need]:
    """Sign-ups that wait for an administrator."""
    return [
        Need(
            what=p.full_name,
            href=reverse("user", args=[p.pk]),
            why=_("signed up and waits for approval"),
            who="",
            since=p.joined_at,
            act=_("Decide"),
            act_url=reverse("user", args=[p.pk]),
            icon="user-plus",
        )
        for p in _unapproved().fetch()
    ]


@prepared
def _unapproved() -> QuerySet:
    return Person.objects.filter(approved_at=None, erased_at=None).order_by("joined_at", "pk")[: MOST + 1]


def milestones(person: Any) -> list[Need]:
    """Milestones of what I write, due within two weeks or missed."""
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
        for m in _milestones(person.pk, today() + dt.timedelta(days=14)).fetch()
    ]


@prepared
def _milestones(person: int, until: dt.date) -> QuerySet:
    rows = Milestone.objects.live().filter(reached_at=None, workspace__frozen_at=None, due_on__lte=until)
    rows = rows.filter(_with_a_seat("workspace", person, seat=Seat.AUTHOR)).exclude(OVER)
    return rows.select_related("workspace", "created_by").order_by("due_on", "pk")[: MOST + 1]


def unanswered(person: Any) -> list[Need]:
    """Updates of people I supervise that nobody who supervises has answered."""
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
        for u in _unanswered(person.pk, now() - dt.timedelta(days=120)).fetch()
    ]


@prepared
def _unanswered(person: int, since: dt.datetime) -> QuerySet:
    supervising = _with_a_seat("workspace", person, seat=Seat.SUPERVISOR, workspace__kind="thesis")
    rows = Update.objects.live().filter(supervising, workspace__frozen_at=None)
    rows = rows.filter(created_at__gt=since).exclude(kind=UpdateKind.FEEDBACK)
    rows = rows.filter(written_by_others(), ~Exists(answers())).exclude(created_by=person)
    return rows.select_related("workspace", "created_by").order_by("created_at", "pk")[: MOST + 1]


def interests(person: Any) -> list[Need]:
    """Requests for topics I offer."""
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
        for i in _interests(person.pk).fetch()
    ]


@prepared
def _interests(person: int) -> QuerySet:
    rows = Interest.objects.filter(state=InterestState.PENDING, topic__in=Topic.objects.offered_by(person))
    return rows.select_related("topic", "student").order_by("created_at", "pk")[: MOST + 1]
