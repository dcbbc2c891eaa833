"""thesis_supervisor and research_project_collaborator become seats; a seat is given once."""

from datetime import datetime

from superviseme.notifications.catalog import Verb
from superviseme.policy.roles import Seat
from superviseme.theses.models import TopicSupervisor
from superviseme.workspaces.models import Member

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row

RANK = {Seat.AUTHOR: 0, Seat.SUPERVISOR: 1, Seat.COLLABORATOR: 2, Seat.EXAMINER: 3}
PLAIN_LABELS = {"", "collaborator"}


def import_supervisors(source: Source, ledger: Ledger) -> None:
    """A researcher whose grant has ended keeps the seat, which sleeps without the role; others had no right to one."""
    users = {row.id: row for row in source.rows("user_mgmt")}
    members: list[tuple[Row, Member]] = []
    offers: list[tuple[Row, TopicSupervisor]] = []
    both: list[TopicSupervisor] = []
    listed = set(TopicSupervisor.objects.values_list("topic", "person"))
    doubles: list[tuple[Row, Home, int]] = []
    for row in ledger.new(source.rows("thesis_supervisor")):
        home, number = ledger.home(row, "thesis"), row.ref("supervisor_id")
        person = ledger.person(number)
        if home is None:
            row.refuse("its thesis is not in the file or was refused")
        elif person is None or number is None:
            row.refuse("this user is not in the file")
        elif number not in ledger.supervising and users[number].word("user_type") != "researcher":
            row.refuse("this user had no right to supervise")
        elif home.workspace and home.seats.get(person) == Seat.AUTHOR:
            row.refuse("nobody supervises their own thesis")
        elif person in home.seats or (home.workspace is None and home.topic and (home.topic.pk, person) in listed):
            doubles.append((row, home, person))
        else:
            offer = _offer(row, home, person, listed, ledger)
            if home.workspace:
                members.append((row, _supervisor(row, home, person, number in ledger.supervising, ledger)))
                both += [offer] if offer else []
            elif offer:
                offers.append((row, offer))
    for row, member in ledger.keep(members):
        ledger.happened(
            Verb.PERSON_ADDED, member.workspace, row.time("assigned_at") or ledger.moment, None, person=member.person_id
        )
    ledger.add(both)
    ledger.keep(offers)
    for row, home, person in doubles:
        _merge(row, home, person, ledger)


def import_collaborators(source: Source, ledger: Ledger) -> None:
    pairs: list[tuple[Row, Member]] = []
    doubles: list[tuple[Row, Home, int]] = []
    for row in ledger.new(source.rows("research_project_collaborator")):
        home, person = ledger.room(row, "project"), ledger.person(row.ref("collaborator_id"))
        if home is None:
            continue
        if person is None:
            row.refuse("this user is not in the file")
        elif person in home.seats:
            doubles.append((row, home, person))
        else:
            label = row.line("role", 60)
            label = "" if label.lower() in PLAIN_LABELS else label
            pairs.append((row, _member(home, person, Seat.COLLABORATOR, row.time_or("added_at", ledger.moment), label)))
    for row, member in ledger.keep(pairs):
        ledger.happened(
            Verb.PERSON_ADDED, member.workspace, row.time("added_at") or ledger.moment, None, person=member.person_id
        )
    for row, home, person in doubles:
        _merge(row, home, person, ledger)


def _offer(row: Row, home: Home, person: int, listed: set[tuple[int, int]], ledger: Ledger) -> TopicSupervisor | None:
    if not home.topic or (home.topic.pk, person) in listed:
        return None
    listed.add((home.topic.pk, person))
    return TopicSupervisor(topic=home.topic, person_id=person, added_at=row.time_or("assigned_at", ledger.moment))


def _supervisor(row: Row, home: Home, person: int, may: bool, ledger: Ledger) -> Member:
    if may:
        home.supervisors.append(person)
    else:
        row.note(
            "supervisor_id", "this researcher has no active right to supervise; the seat sleeps until it is granted"
        )
    return _member(home, person, Seat.SUPERVISOR, row.time_or("assigned_at", ledger.moment))


def _member(home: Home, person: int, seat: Seat, at: datetime, label: str = "") -> Member:
    home.seats[person] = seat
    return Member(workspace=home.workspace, person_id=person, seat=seat, seat_rank=RANK[seat], label=label, added_at=at)


def _merge(row: Row, home: Home, person: int, ledger: Ledger) -> None:
    if home.workspace:
        found = Member.objects.filter(workspace=home.workspace, person=person).values_list("pk", flat=True).first()
        ledger.merge(row, "workspaces.member", found or 0, "the person has a seat there already")
    elif home.topic:
        found = TopicSupervisor.objects.filter(topic=home.topic, person=person).values_list("pk", flat=True).first()
        ledger.merge(row, "theses.topicsupervisor", found or 0, "the person stands there already")
