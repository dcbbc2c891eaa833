"""thesis becomes a topic (what was offered), a thesis with its workspace (what was worked on), or both."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from superviseme.accounts.models import Person
from superviseme.notifications.catalog import Verb
from superviseme.policy.roles import Kind, Role, Seat
from superviseme.theses.models import Level, StateChange, Thesis, Topic, TopicState
from superviseme.theses.states import ENDED, State, label_of
from superviseme.workspaces.models import Member, Workspace

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row
from .statuses import Step, Steps, thesis_steps

LEVELS = {level.value: level for level in Level} | {"doctorate": Level.PHD, "doctoral": Level.PHD}
WORK = ("thesis_update", "todo", "meeting_note", "resource", "thesis_objective", "thesis_hypothesis")
NO_STUDENT = "No student was assigned in the previous system."
FROZEN = "Frozen in the previous system."


@dataclass
class Plan:
    """What one row shall become."""

    row: Row
    created: datetime
    title: str
    text: str
    level: Level
    assigned: bool
    frozen: bool
    author: int | None
    publisher: int | None
    steps: list[Step]
    topic: Topic | None = None
    workspace: Workspace | None = None
    thesis: Thesis | None = None

    @property
    def state(self) -> str:
        """Where its history has led; work without a student is withdrawn, unless it has come to an end."""
        start = State.ACCEPTED if self.assigned else State.PROPOSED
        return self.steps[-1].target if self.steps else start

    @property
    def abandoned(self) -> bool:
        return self.author is None and self.state not in ENDED

    @property
    def takes_a_place(self) -> bool:
        return self.author is not None and self.state != State.WITHDRAWN


def import_theses(source: Source, ledger: Ledger) -> None:
    _recall(ledger)
    steps = thesis_steps(source, ledger)
    plans = _plans(source, ledger, steps)
    ledger.add([plan.topic for plan in plans if plan.topic and plan.workspace])
    rooms = ledger.keep([(p.row, p.workspace) for p in plans if p.workspace])
    offered = {row.id for row, _ in ledger.keep([(p.row, p.topic) for p in plans if p.topic and not p.workspace])}
    made = {row.id for row, _ in rooms}
    worked = [plan for plan in plans if plan.row.id in made]
    for plan in worked:
        plan.thesis = _thesis(plan)
    ledger.add([plan.thesis for plan in worked if plan.thesis])
    _seat_authors(worked, ledger)
    for plan in plans:
        if plan.row.id in made | offered:
            _open_home(plan, ledger)
    _import_steps(source, steps, ledger)
    _close_without_student(worked, ledger)


def _recall(ledger: Ledger) -> None:
    """The homes earlier runs have made."""
    theses = {t.workspace_id: t for t in Thesis.objects.select_related("workspace", "topic")}
    topics = {t.pk: t for t in Topic.objects.all()} if ledger.places["thesis"] else {}
    seats: dict[int, dict[int, Seat]] = defaultdict(dict)
    for workspace, person, seat in Member.objects.values_list("workspace", "person", "seat"):
        seats[workspace][person] = Seat(seat)
    for number, (thing, key) in ledger.places["thesis"].items():
        thesis = theses.get(key) if thing == "workspaces.workspace" else None
        topic = thesis.topic if thesis else topics.get(key) if thing == "theses.topic" else None
        if thesis is None and topic is None:
            continue
        held = seats[thesis.workspace_id] if thesis else {}
        ledger.homes[("thesis", number)] = Home(
            workspace=thesis.workspace if thesis else None,
            thesis=thesis,
            topic=topic,
            author=next((p for p, seat in held.items() if seat == Seat.AUTHOR), None),
            supervisors=[p for p, seat in held.items() if seat == Seat.SUPERVISOR],
            seats=held,
        )


def _plans(source: Source, ledger: Ledger, steps: Steps) -> list[Plan]:
    asked = {row.ref("thesis_id") for row in source.rows("thesis_interest")}
    worked = {row.ref("thesis_id") for table in WORK for row in source.rows(table)}
    offering = _Offering(source, ledger)
    plans = []
    for row in ledger.new(source.rows("thesis")):
        plan = _plan(row, offering.publisher(row), steps.get(row.id, []), ledger)
        offered = (
            row.flag("is_public", missing=False) or row.id in asked or row.word("prerequisites") or row.word("topic")
        )
        if (offered or not plan.assigned) and plan.publisher:
            plan.topic = _topic(plan, plan.publisher)
        if plan.assigned or row.id in worked or not plan.topic:
            plan.workspace = _workspace(plan, ledger)
        plans.append(plan)
    return plans


def _plan(row: Row, publisher: int | None, steps: list[Step], ledger: Ledger) -> Plan:
    title, whole = row.titled("title", 300, empty=f"Thesis {row.id}")
    author = ledger.person(row.ref("author_id"))
    if author is None and row.ref("author_id") is not None:
        row.note("author_id", "this user is not in the file; the thesis has no author")
    return Plan(
        row=row,
        created=row.time_or("created_at", ledger.moment),
        title=title,
        text=_joined(whole, row.text("long_description"), row.text("description")),
        level=row.choice("level", LEVELS, Level.OTHER, absent=Level.OTHER),
        assigned=row.ref("author_id") is not None,
        frozen=row.flag("frozen", missing=False),
        author=author,
        publisher=publisher,
        steps=steps,
    )


def _joined(*texts: str) -> str:
    """The texts one below the other, without what another says already."""
    kept: list[str] = []
    for text in texts:
        if text and not any(text.strip() in other for other in kept):
            kept = [other for other in kept if other.strip() not in text] + [text]
    return "\n\n".join(kept)


class _Offering:
    """Who stands for an offer: its publisher, else a supervisor of it, else an administrator."""

    def __init__(self, source: Source, ledger: Ledger) -> None:
        self._ledger = ledger
        self._supervisors: dict[int | None, list[int | None]] = defaultdict(list)
        for row in source.rows("thesis_supervisor"):
            self._supervisors[row.ref("thesis_id")].append(row.ref("supervisor_id"))
        admins = Person.objects.active().with_role(Role.ADMIN).order_by("pk")
        self._admin = admins.values_list("pk", flat=True).first()

    def publisher(self, row: Row) -> int | None:
        number, ledger = row.ref("publisher_id"), self._ledger
        if number in ledger.supervising and ledger.person(number):
            return ledger.person(number)
        if number is not None:
            row.note(
                "publisher_id",
                "this user is not in the file or may not supervise; a supervisor or administrator stands for it",
            )
        found = [ledger.person(n) for n in self._supervisors[row.id] if n in ledger.supervising]
        return next((person for person in found if person), self._admin)


def _topic(plan: Plan, publisher: int) -> Topic:
    row, public = plan.row, plan.row.flag("is_public", missing=False)
    if public and not plan.frozen and plan.assigned == plan.takes_a_place:
        state = TopicState.OPEN
    else:
        state = TopicState.CLOSED if plan.assigned or plan.frozen else TopicState.DRAFT
    return Topic(
        title=plan.title,
        summary=row.text("short_description"),
        description=plan.text,
        prerequisites=row.text("prerequisites"),
        area=row.line("topic", 120),
        level=plan.level,
        state=state,
        taken=int(plan.takes_a_place),
        publisher_id=publisher,
        created_at=plan.created,
        published_at=plan.created,
    )


def _workspace(plan: Plan, ledger: Ledger) -> Workspace:
    return Workspace(
        kind=Kind.THESIS,
        title=plan.title,
        description=plan.text,
        created_by_id=plan.publisher,
        created_at=plan.created,
        active_at=min(plan.created, ledger.moment),
        frozen_at=ledger.moment if plan.frozen else None,
        frozen_by_id=(plan.publisher or ledger.former()) if plan.frozen else None,
        frozen_why=FROZEN if plan.frozen else "",
    )


def _thesis(plan: Plan) -> Thesis:
    return Thesis(
        workspace=plan.workspace,
        topic=plan.topic,
        level=plan.level,
        state=plan.state,
        state_since=plan.steps[-1].at if plan.steps else plan.created,
    )


def _seat_authors(plans: list[Plan], ledger: Ledger) -> None:
    ledger.add(
        [
            Member(workspace=p.workspace, person_id=p.author, seat=Seat.AUTHOR, seat_rank=0, added_at=p.created)
            for p in plans
            if p.author
        ]
    )


def _open_home(plan: Plan, ledger: Ledger) -> None:
    seats = {plan.author: Seat.AUTHOR} if plan.author and plan.workspace else {}
    ledger.homes[("thesis", plan.row.id)] = Home(
        workspace=plan.workspace, thesis=plan.thesis, topic=plan.topic, author=plan.author, seats=seats
    )
    if plan.workspace:
        ledger.happened(Verb.WORKSPACE_CREATED, plan.workspace, plan.created, plan.publisher)
    if plan.topic:
        ledger.happened(Verb.TOPIC_CREATED, plan.topic, plan.created, plan.publisher)


def _import_steps(source: Source, steps: Steps, ledger: Ledger) -> None:
    pairs = []
    for row in ledger.new(source.rows("thesis_status")):
        home = ledger.home(row, "thesis")
        step = next((s for s in steps.get(row.ref("thesis_id"), []) if s.row is row), None)
        if home is None or step is None:
            row.refuse("its thesis is not in the file or was refused")
        elif home.thesis is None and home.topic:
            reason = f"an offer without a student has no states; «{step.original}» is kept in its history"
            ledger.merge(row, "theses.topic", home.topic.pk, reason)
            ledger.happened(Verb.TOPIC_EDITED, home.topic, step.at, None, original=step.original)
        elif home.thesis:
            change = StateChange(
                thesis=home.thesis, source=step.source, target=step.target, at=step.at, original=step.original
            )
            pairs.append((row, change))
            ledger.happened(
                Verb.STATE_MOVED, home.workspace, step.at, None, state=label_of(step.target), original=step.original
            )
    ledger.keep(pairs)


def _close_without_student(plans: list[Plan], ledger: Ledger) -> None:
    """Work without a student is what an earlier one has left: kept, and withdrawn, so that the next never sees it."""
    left = [p.thesis for p in plans if p.thesis and p.abandoned]
    changes = []
    for thesis in left:
        before = thesis.state
        changes.append(
            StateChange(thesis=thesis, source=before, target=State.WITHDRAWN, at=ledger.moment, why=NO_STUDENT)
        )
        thesis.state, thesis.state_since = State.WITHDRAWN, ledger.moment
    ledger.add(changes)
    Thesis.objects.bulk_update(left, ["state", "state_since"], batch_size=500)
