"""A topic becomes somebody's thesis, by accepting a request or directly; and the way back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import hold
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.labels import adjective
from superviseme.policy.roles import Kind, Role, Seat
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.people.actions import seat_person
from superviseme.workspaces.people.queries import may_sit
from superviseme.workspaces.room.actions import lock_open
from superviseme.workspaces.things import recent_twin

from ..interest.actions import already, settle
from ..models import Interest, InterestState, Keyword, Level, StateChange, Thesis, Topic
from ..progress.actions import shift_state
from ..progress.queries import works_on
from ..states import State, find_move, label_of
from ..topics.actions import claim_place, close_pending, free_place, reopen_if_closed


@transaction.atomic
def accept_interest(interest: Interest, *, by: Person) -> Thesis:
    """The request becomes a thesis and takes a place; when it was the last one, the other requests are closed.

    The topic's row is claimed first, so that two who accept at once stand in line and cannot lock each other out.
    """
    if not interest.is_pending:
        require(by, Action.THESIS_ASSIGN, interest.topic)
        raise NotAllowed(already(interest))
    require(by, Action.INTEREST_HANDLE, interest)
    _claim_for(interest)
    settle(interest, InterestState.ACCEPTED, by=by)
    thesis = _thesis_of(interest.topic, student=interest.student, by=by)
    Interest.objects.filter(pk=interest.pk).update(thesis=thesis)
    interest.thesis = thesis
    to = [interest.student]
    announce(
        Verb.INTEREST_ACCEPTED, interest, by=by, to=to, link=thesis.get_absolute_url(), student=interest.student_id
    )
    _assigned(thesis, by=by)
    return thesis


@transaction.atomic
def assign_topic(topic: Topic, *, student: Person, by: Person) -> Thesis:
    """Without a request. One that the student has made is accepted by it."""
    require(by, Action.THESIS_ASSIGN, topic)
    _be_student(student)
    asked = topic.interests.filter(student=student, state=InterestState.PENDING).first()
    if asked:
        asked.topic, asked.student = topic, student
        return accept_interest(asked, by=by)
    claim_place(topic)
    if works_on(topic, student):
        raise NotAllowed(_("%(name)s works on this topic already.") % {"name": student.full_name})
    thesis = _thesis_of(topic, student=student, by=by)
    _assigned(thesis, by=by, told=[student])
    return thesis


@transaction.atomic
def unassign_thesis(thesis: Thesis, *, by: Person, why: str = "") -> None:
    """The student leaves: the thesis is withdrawn and kept, its place and its topic are free for the next."""
    require(by, Action.THESIS_ASSIGN, thesis)
    lock_open(thesis.workspace)
    thesis.refresh_from_db(fields=["state"])
    if thesis.state == State.WITHDRAWN:
        return
    if not find_move(thesis.state, State.WITHDRAWN):
        state = label_of(thesis.state)
        raise NotAllowed(_("A thesis that is %(state)s cannot be unassigned.") % {"state": adjective(state)})
    shift_state(thesis, State.WITHDRAWN, by=by, why=why, quietly=True)
    if thesis.topic:
        reopen_if_closed(thesis.topic)
    announce(Verb.THESIS_UNASSIGNED, thesis.workspace, by=by, to=_publisher(thesis), why=why)


@transaction.atomic
def create_thesis(
    *,
    title: str,
    student: Person,
    supervisors: Iterable[Person],
    by: Person,
    description: str = "",
    level: str = Level.MASTER,
    state: str = State.ACCEPTED,
) -> Thesis:
    """A thesis without a topic."""
    require(by, Action.THESIS_CREATE)
    _be_student(student)
    hold(by)
    rows = Workspace.objects.filter(kind=Kind.THESIS, members__person=student, members__seat=Seat.AUTHOR)
    twin = recent_twin(rows, by=by, title=title)
    if twin:
        return twin.thesis
    thesis = _open(title, description, level=level, state=state, student=student, supervisors=supervisors, by=by)
    _assigned(thesis, by=by, told=[student])
    return thesis


def workspace_deleted(workspace: Workspace, by: Person) -> None:
    """A deleted thesis holds no place."""
    if topic := _topic_held(workspace):
        free_place(topic)


def workspace_restored(workspace: Workspace, by: Person) -> None:
    """It takes its place again, or stays deleted when somebody else has it."""
    if topic := _topic_held(workspace):
        claim_place(topic)


def _topic_held(workspace: Workspace) -> Topic | None:
    thesis = Thesis.objects.select_related("topic").filter(workspace=workspace).exclude(state=State.WITHDRAWN).first()
    return thesis.topic if thesis else None


def _claim_for(interest: Interest) -> None:
    try:
        claim_place(interest.topic)
    except NotAllowed:
        interest.refresh_from_db(fields=["state", "handled_by"])
        if interest.is_pending:
            raise
        raise NotAllowed(already(interest)) from None


def _thesis_of(topic: Topic, *, student: Person, by: Person) -> Thesis:
    """The thesis made from a topic whose place is claimed; closes the other requests when it was the last place."""
    supervisors = [row.person for row in topic.supervisors.select_related("person")]
    words = topic.description or topic.summary
    people = [*supervisors, topic.publisher]
    thesis = _open(topic.title, words, level=topic.level, student=student, supervisors=people, by=by, topic=topic)
    keywords = [Keyword(thesis=thesis, word=k.word, folded=k.folded) for k in topic.keywords.all()]
    Keyword.objects.bulk_create(keywords)
    if topic.places_left == 0:
        close_pending(topic, by=by, reason="full")
    return thesis


def _open(
    title: str,
    description: str,
    *,
    level: str,
    student: Person,
    supervisors: Iterable[Person],
    by: Person,
    state: str = State.ACCEPTED,
    topic: Topic | None = None,
) -> Thesis:
    found = {p.pk: p for p in supervisors if p.is_active and p.pk != student.pk and may_sit(p, Seat.SUPERVISOR)}
    if not found:
        raise NotAllowed(_("A thesis needs a supervisor. Add one first."))
    workspace = Workspace.objects.create(kind=Kind.THESIS, title=title, description=description, created_by=by)
    thesis = Thesis.objects.create(workspace=workspace, topic=topic, level=level, state=state)
    StateChange.objects.create(thesis=thesis, target=state, by=by)
    seat_person(workspace, person=student, seat=Seat.AUTHOR, by=by)
    for person in found.values():
        seat_person(workspace, person=person, seat=Seat.SUPERVISOR, by=by)
    workspace.forget_seats()
    return thesis


def _assigned(thesis: Thesis, *, by: Person, told: Iterable[Person] = ()) -> None:
    """Supervisors and publisher hear of it; the student as well unless told already."""
    author = next((pk for pk, seat in thesis.workspace.seats.items() if seat == Seat.AUTHOR), None)
    announce(Verb.THESIS_ASSIGNED, thesis.workspace, by=by, to=[*told, *_publisher(thesis)], person=author)


def _publisher(thesis: Thesis) -> list[int]:
    return [thesis.topic.publisher_id] if thesis.topic else []


def _be_student(person: Person) -> None:
    if not person.is_active or Role.STUDENT not in person.roles:
        raise NotAllowed(_("%(name)s is not a student here.") % {"name": person.full_name})
