"""Fill a database with theses: 10 updates, 5 to-dos and 3 meeting notes each, topics and notices besides."""

import datetime as dt
from typing import Any

from superviseme.accounts.models import Grant, Person
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.policy.roles import Role, Seat
from superviseme.search.models import SearchEntry
from superviseme.theses.models import Thesis, Topic, TopicSupervisor
from superviseme.theses.states import State
from superviseme.web.time import now
from superviseme.workspaces.models import Comment, Meeting, Member, Milestone, Todo, Update, Workspace

STUDENTS_PER_SUPERVISOR = 12
WORDS = "wind bridge model data river method review result baseline error chapter figure".split()
STATES = [State.IN_PROGRESS, State.WRITING, State.IN_REVIEW, State.ACCEPTED]


def fill(theses: int) -> dict[str, Person]:
    """Returns one person per role, each with work of their own: {"student", "supervisor", "researcher", "admin"}."""
    staff = _people("supervisor", max(theses // STUDENTS_PER_SUPERVISOR, 1), Role.SUPERVISOR)
    students = _people("student", theses, Role.STUDENT)
    [admin] = _people("admin", 1, Role.ADMIN)
    [researcher] = _people("researcher", 1, Role.RESEARCHER)
    spaces = _theses(students, staff)
    _content(spaces, students, staff)
    _topics(staff, max(theses // 4, 10))
    _projects(researcher)
    return {"student": students[0], "supervisor": staff[0], "researcher": researcher, "admin": admin}


def _people(name: str, count: int, role: Role) -> list[Person]:
    rows = [
        Person(email=f"{name}{n}@example.org", name=f"{name.title()} {n}", surname=f"Example {n % 97}", password="!")  # noqa: S106 - nobody signs in
        for n in range(count)
    ]
    people = Person.objects.bulk_create(rows, batch_size=500)
    Grant.objects.bulk_create([Grant(person=p, role=role) for p in people], batch_size=500)
    return people


def _theses(students: list[Person], staff: list[Person]) -> list[Workspace]:
    moment = now()
    spaces = Workspace.objects.bulk_create(
        [
            Workspace(
                kind="thesis",
                title=f"{_words(n, 4).title()} {n}",
                description=_words(n, 40),
                active_at=moment - dt.timedelta(hours=n % 900),
                last_todo=5,
                last_meeting=3,
                last_milestone=1,
            )
            for n in range(len(students))
        ],
        batch_size=500,
    )
    Thesis.objects.bulk_create([Thesis(workspace=w, state=STATES[n % 4]) for n, w in enumerate(spaces)], batch_size=500)
    seats = []
    for n, (space, student) in enumerate(zip(spaces, students, strict=True)):
        seats.append(Member(workspace=space, person=student, seat=Seat.AUTHOR, seat_rank=0))
        lead = staff[min(n // STUDENTS_PER_SUPERVISOR, len(staff) - 1)]
        seats.append(Member(workspace=space, person=lead, seat=Seat.SUPERVISOR, seat_rank=1))
    Member.objects.bulk_create(seats, batch_size=500)
    return spaces


def _content(spaces: list[Workspace], students: list[Person], staff: list[Person]) -> None:
    for at in range(0, len(spaces), 200):
        part = list(zip(spaces[at : at + 200], students[at : at + 200], strict=True))
        _bulk(Update, part, 10, lambda w, p, k, t: {"text": _words(w.pk + k, 30), "created_at": t})
        _bulk(
            Todo,
            part,
            5,
            lambda w, p, k, t: {"number": k + 1, "title": _words(w.pk + k, 5), "assignee": p, "due_on": t.date()},
        )
        _bulk(
            Meeting,
            part,
            3,
            lambda w, p, k, t: {"number": k + 1, "title": _words(k, 3), "starts_at": t, "notes": _words(k, 30)},
        )
        _bulk(Milestone, part, 1, lambda w, p, k, t: {"number": 1, "title": "Draft", "due_on": now().date()})
        posted = Update.objects.filter(workspace__in=[w for w, _ in part]).values_list(
            "pk", "workspace", "text", "created_by"
        )
        rows = list(posted)
        Comment.objects.bulk_create(
            [
                Comment(workspace_id=w, update_id=pk, text="Good.", is_feedback=True, created_by=staff[0])
                for pk, w, _t, _p in rows[::3]
            ],
            batch_size=500,
        )
        _echo(rows, staff[0])


def _echo(rows: list[Any], lead: Person) -> None:
    """The events, notices and index entries that posting would have made."""
    moment = now()
    events = Event.objects.bulk_create(
        [
            Event(
                at=moment,
                verb="update.posted",
                actor_id=p,
                workspace_number=w,
                thing="workspaces.update",
                thing_id=pk,
                title=t[:80],
            )
            for pk, w, t, p in rows
        ],
        batch_size=500,
    )
    Notice.objects.bulk_create(
        [Notice(recipient=lead, event=e, verb=e.verb, created_at=moment, spread_at=moment) for e in events[::10]],
        batch_size=500,
    )
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                thing="workspaces.update",
                thing_id=pk,
                workspace_number=w,
                title=t[:80],
                body=t,
                link=f"/w/{w}/updates/{pk}",
                changed_at=moment,
            )
            for pk, w, t, _p in rows
        ],
        batch_size=500,
    )


def _bulk(model: Any, part: list[tuple[Workspace, Person]], each: int, facts: Any) -> None:
    moment = now()
    model.objects.bulk_create(
        [
            model(workspace=w, created_by=p, **facts(w, p, k, moment - dt.timedelta(days=3 * k, hours=w.pk % 24)))
            for w, p in part
            for k in range(each)
        ],
        batch_size=500,
    )


def _topics(staff: list[Person], count: int) -> None:
    topics = Topic.objects.bulk_create(
        [
            Topic(title=f"{_words(n, 4).title()}", summary=_words(n, 20), state="open", publisher=staff[n % len(staff)])
            for n in range(count)
        ],
        batch_size=500,
    )
    TopicSupervisor.objects.bulk_create([TopicSupervisor(topic=t, person=t.publisher) for t in topics], batch_size=500)


def _projects(researcher: Person) -> None:
    from superviseme.projects.actions import create_project  # a handful, through the action

    for n in range(12):
        create_project(title=f"Project {n}", description=_words(n, 30), by=researcher)


def _words(seed: int, count: int) -> str:
    return " ".join(WORDS[(seed * 7 + k * (1 + seed % 5)) % len(WORDS)] for k in range(count))
