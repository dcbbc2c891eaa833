"""A term of history: each act happens through its action, at its day."""

import datetime as dt
from random import Random
from typing import Any

from superviseme.accounts.models import Person
from superviseme.policy.roles import Kind, Seat
from superviseme.projects import actions as projects
from superviseme.projects.models import Project, ProjectState
from superviseme.theses.assignment.actions import create_thesis
from superviseme.theses.interest.actions import decline_interest, express_interest, withdraw_interest
from superviseme.theses.models import Thesis, Topic
from superviseme.theses.progress.actions import move_thesis
from superviseme.theses.states import State
from superviseme.theses.topics.actions import close_topic, create_topic
from superviseme.web.time import now, simulated
from superviseme.workspaces.goals import actions as goals
from superviseme.workspaces.meetings import actions as meetings
from superviseme.workspaces.milestones import actions as milestones
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.people.actions import add_person
from superviseme.workspaces.todos import actions as todos
from superviseme.workspaces.updates import actions as updates

from . import offers, texts

Cast = dict[str, Person]
ROAD = {
    "accepted": [],
    "in_progress": ["in_progress"],
    "writing": ["in_progress", "writing"],
    "in_review": ["in_progress", "writing", "in_review"],
    "submitted": ["in_progress", "writing", "in_review"],
    "defended": ["in_progress", "writing", "in_review"],
    "completed": ["in_progress", "writing", "in_review"],
    "suspended": ["in_progress", "suspended"],
    "withdrawn": ["in_progress", "withdrawn"],
    "proposed": [],
}
"""The moves after the start; hand-in and what follows are told in ending.py."""


class Teller:
    """Tells things at days counted from now; the same seed tells the same story."""

    def __init__(self, people: Cast, seed: int = 7):
        self.people = people
        self.random = Random(seed)  # noqa: S311 - a story, not a secret
        self.start = now()

    def day(self, offset: float, hour: int = 10) -> dt.datetime:
        """A moment `offset` days from now, at working hours, never in the future for what has happened."""
        moment = (self.start + dt.timedelta(days=offset)).replace(
            hour=hour, minute=self.random.choice([5, 20, 35, 50]), second=0
        )
        return moment

    def on(self, offset: float) -> Any:
        return simulated(min(self.day(offset, self.random.randint(8, 17)), self.start - dt.timedelta(minutes=30)))

    def date(self, offset: int) -> dt.date:
        return (self.start + dt.timedelta(days=offset)).date()


def tell_topics(teller: Teller) -> None:
    topics: list[Topic] = []
    for publisher, title, area, level, capacity, state, keywords, summary, needs in offers.TOPICS:
        by = teller.people[publisher]
        with teller.on(-60 + 4 * len(topics)):
            facts = {
                "title": title,
                "area": area,
                "level": level,
                "capacity": capacity,
                "summary": summary,
                "prerequisites": needs,
            }
            text = f"{summary}\n\n**What you will do**\n\n1. Read and compare what exists\n2. Build something small\n3. Measure it with people\n\nMeetings every two weeks; you are welcome in the group's seminar."
            topic = create_topic(
                by=by, supervisors=[by], keywords=keywords, publish=state != "draft", description=text, **facts
            )
            if state == "closed":
                close_topic(topic, by=by)
        topics.append(topic)
    for student, number, message, fate in offers.INTERESTS:
        topic, by = topics[number], teller.people[student]
        with teller.on(-6 + number / 4):
            interest = express_interest(topic, message=message, by=by)
        with teller.on(-2):
            if fate == "declined":
                decline_interest(
                    interest,
                    reason="Please finish your accepted thesis first; you are welcome to ask again.",
                    by=topic.publisher,
                )
            elif fate == "withdrawn":
                withdraw_interest(interest, by=by)


def tell_thesis(teller: Teller, spec: tuple[Any, ...], number: int) -> Thesis:
    who, title, about, level, _keywords, state, silent = spec
    student, _, names = who.partition(":")
    author = teller.people[student]
    supervisors = [teller.people[n] for n in names.split(",")]
    lead = supervisors[0]
    begin = -96 - number % 5
    with teller.on(begin):
        text = f"How far can {about} be understood with modest means? The thesis compares two ways, builds the better one and says where it ends."
        first = State.PROPOSED if state == "proposed" else State.ACCEPTED
        thesis = create_thesis(
            title=title, student=author, supervisors=supervisors, description=text, level=level, state=first, by=lead
        )
        examiner = next(
            p for n, p in teller.people.items() if n in ("j.smith", "e.johnson", "m.garcia") and p not in supervisors
        )
        if state in ("in_review", "submitted", "defended", "completed"):
            add_person(thesis.workspace, person=examiner, seat=Seat.EXAMINER, by=lead)
    for step, target in enumerate(ROAD[state]):
        with teller.on(begin + 12 + 24 * step):
            move_thesis(thesis, target=target, by=lead, why="As agreed in the meeting" if step else "")
    if state not in ("proposed", "withdrawn"):
        tell_work(
            teller,
            thesis.workspace,
            author=author,
            lead=lead,
            about=about,
            silent=silent,
            ended=state in ("defended", "completed"),
        )
    return thesis


def tell_work(
    teller: Teller, space: Workspace, *, author: Person, lead: Person, about: str, silent: bool, ended: bool
) -> None:
    tell_plans(teller, space, author=author, lead=lead, about=about, ended=ended, silent=silent)
    tell_todos(teller, space, author=author, lead=lead, ended=ended, silent=silent)
    tell_meetings(teller, space, author=author, lead=lead, ended=ended, silent=silent)
    tell_talk(teller, space, author=author, lead=lead, about=about, silent=silent)


def tell_plans(
    teller: Teller, space: Workspace, *, author: Person, lead: Person, about: str, ended: bool, silent: bool
) -> None:
    with teller.on(-82):
        for n, (title, text) in enumerate(texts.OBJECTIVES):
            goal = goals.add_goal(space, kind="objective", title=title.format(x=about), description=text, by=author)
            if n == 0:
                goals.freeze_goal(goal, by=lead)
        for title, text in texts.HYPOTHESES[: teller.random.randint(1, 2)]:
            goals.add_goal(space, kind="hypothesis", title=title.format(x=about), description=text, by=author)
        plan = [milestones.add_milestone(space, title=t, due_on=teller.date(d), by=lead) for t, d in texts.MILESTONES]
    for milestone in plan:
        offset = (milestone.due_on - teller.start.date()).days
        if ended or offset < -30 or (offset < 0 and not silent and teller.random.random() < 0.5):
            with teller.on(min(offset + 1, -1)):
                milestones.reach_milestone(milestone, by=author)


def tell_todos(teller: Teller, space: Workspace, *, author: Person, lead: Person, ended: bool, silent: bool) -> None:
    for title, priority, offset in texts.TODOS:
        with teller.on(min((offset if offset is not None else -5) - 10, -6)):
            due = teller.date(offset) if offset is not None else None
            todo = todos.add_todo(space, title=title, priority=priority, due_on=due, assignee=author, by=lead)
        if ended or (offset is not None and offset < -20) or (not silent and teller.random.random() < 0.15):
            with teller.on(min(offset or -3, -1) - 1):
                todos.complete_todo(todo, by=author)


def tell_meetings(teller: Teller, space: Workspace, *, author: Person, lead: Person, ended: bool, silent: bool) -> None:
    for title, offset, agenda, notes, decisions in texts.MEETINGS:
        if ended and offset > 0:
            continue
        starts = teller.day(offset, 14).replace(minute=0)
        with teller.on(min(offset, 0) - 7):
            meeting = meetings.plan_meeting(
                space,
                title=title,
                starts_at=starts,
                minutes=45,
                place="Room 2.14",
                agenda=agenda,
                attendees=[author, lead],
                by=lead,
            )
        if notes and not (silent and offset > -20):
            with teller.on(offset + 1):
                meetings.write_record(meeting, notes=notes, decisions=decisions, by=author)
                if offset < -20 or teller.random.random() < 0.4:
                    meetings.confirm_record(meeting, by=lead)
                meetings.confirm_record(meeting, by=author)


def tell_talk(teller: Teller, space: Workspace, *, author: Person, lead: Person, about: str, silent: bool) -> None:
    offsets = [-78, -70, -61, -54, -44, -36, -30, -23, -16, -9, -4, -1]
    if silent:
        offsets = [o for o in offsets if o < -25]
    chosen = sorted(teller.random.sample(range(len(offsets)), k=min(len(offsets), teller.random.randint(6, 10))))
    for n in chosen:
        kind, text = texts.UPDATES[n]
        with teller.on(offsets[n]):
            update = updates.post_update(
                space,
                kind=kind,
                text=text.format(x=about),
                by=author,
                tags=[["reading"], ["method"], ["writing"]][n % 3],
            )
        if offsets[n] > -8 and teller.random.random() < 0.6:
            continue  # still waits for an answer
        with teller.on(offsets[n] + 1.5):
            answer = updates.give_feedback(update, text=teller.random.choice(texts.FEEDBACK), by=lead)
        if teller.random.random() < 0.5:
            with teller.on(offsets[n] + 2.5):
                updates.comment_on(update, text=teller.random.choice(texts.COMMENTS), by=author, parent=answer)


def tell_project(teller: Teller, spec: tuple[Any, ...]) -> Project:
    leader, title, text, kind, state, others = spec
    by = teller.people[leader]
    with teller.on(-88):
        project = projects.create_project(title=title, description=text, kind=kind, by=by, starts_on=teller.date(-88))
        space = Workspace.objects.get(pk=project.workspace_id, kind=Kind.PROJECT)
        for name, label in others:
            add_person(space, person=teller.people[name], seat=Seat.COLLABORATOR, label=label, by=by)
    helpers = [teller.people[n] for n, _ in others] or [by]
    with teller.on(-70):
        goals.add_goal(space, kind="objective", title="First results by the end of the term", description="", by=by)
        milestones.add_milestone(space, title="Interim report", due_on=teller.date(18), by=by)
        todos.add_todo(space, title="Collect the data agreements", due_on=teller.date(5), assignee=helpers[0], by=by)
        todos.add_todo(space, title="Order the second sensor", priority=1, due_on=teller.date(-3), assignee=by, by=by)
    for n, offset in enumerate((-60, -33, -12, -3)):
        writer = [by, *helpers][n % (1 + len(helpers))]
        with teller.on(offset):
            update = updates.post_update(
                space, kind=["progress", "question", "milestone", "progress"][n], text=PROJECT_TALK[n], by=writer
            )
        with teller.on(offset + 1):
            updates.comment_on(
                update, text="Noted, I will take it up on Monday.", by=helpers[0] if writer == by else by
            )
    if state != "active":
        with teller.on(-2):
            projects.move_project(project, target=ProjectState(state), by=by, why="Decided in the steering group")
    return project


PROJECT_TALK = [
    "The agreements with two of the partners are signed. The third asks for a shorter text.",
    "Who can take over the interviews in the second week? I am at a conference.",
    "First wave of data is complete: 312 records, 4 of them unusable.",
    "Draft of the interim report is in the files; section 2 needs numbers from everybody.",
]
