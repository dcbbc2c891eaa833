"""Topics, theses, their people, states, keywords and requests."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from superviseme.accounts.models import Person
from superviseme.ops.legacy.report import Report
from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.policy.roles import Seat
from superviseme.theses.models import Interest, StateChange, Thesis, Topic
from superviseme.theses.states import State
from superviseme.workspaces.models import Workspace

from .conftest import reasons
from .predecessor import THEN, Predecessor

Importing = Callable[[], Report]


@pytest.fixture
def who(old: Predecessor) -> SimpleNamespace:
    """Numbers of the cast in the old database."""
    return SimpleNamespace(
        ada=old.user("ada@x.org", "admin"),
        bob=old.user("bob@x.org", "supervisor"),
        rita=old.user("rita@x.org", "researcher"),
        alice=old.user("alice@x.org"),
        mallory=old.user("mallory@x.org"),
    )


def test_an_assigned_thesis_is_a_workspace_with_its_people(
    old: Predecessor, who: SimpleNamespace, imported: Importing
) -> None:
    number = old.add("thesis", title="Bridges", author_id=who.alice, publisher_id=who.bob, level="bachelor")
    old.add("thesis_supervisor", thesis_id=number, supervisor_id=who.bob)
    old.add("thesis_supervisor", thesis_id=number, supervisor_id=who.bob)

    report = imported()

    thesis = Thesis.objects.get()
    seats = {m.person.email: m.seat for m in thesis.workspace.members.select_related("person")}
    assert (thesis.title, thesis.level, thesis.state, thesis.topic) == ("Bridges", "bachelor", State.ACCEPTED, None)
    assert seats == {"alice@x.org": Seat.AUTHOR, "bob@x.org": Seat.SUPERVISOR}
    assert report.tables["thesis_supervisor"] == {"read": 2, "imported": 1, "merged": 1, "refused": 0}


def test_a_public_offer_is_an_open_topic(old: Predecessor, who: SimpleNamespace, imported: Importing) -> None:
    texts = {"short_description": "Short", "long_description": "Long", "description": "Words", "prerequisites": "Maths"}
    number = old.add("thesis", title="Rivers", is_public=1, publisher_id=who.bob, topic="Hydrology", **texts)
    old.add("thesis_supervisor", thesis_id=number, supervisor_id=who.bob)
    for tag in ("ml", "ML", " graph  theory "):
        old.add("thesis_tag", thesis_id=number, tag=tag)

    imported()

    topic = Topic.objects.public().get()
    assert (topic.summary, topic.description, topic.prerequisites, topic.area) == (
        "Short",
        "Long\n\nWords",
        "Maths",
        "Hydrology",
    )
    assert [k.word for k in topic.keywords.all()] == ["ml", "graph theory"]
    assert [s.person.email for s in topic.supervisors.all()] == ["bob@x.org"]
    assert not Workspace.objects.exists()


@pytest.mark.parametrize(("facts", "state"), [({"is_public": 0}, "draft"), ({"is_public": 1, "frozen": 1}, "closed")])
def test_what_was_not_in_the_catalogue_is_not_in_ours(
    facts: dict[str, int], state: str, old: Predecessor, who: SimpleNamespace, imported: Importing
) -> None:
    old.add("thesis", publisher_id=who.bob, **facts)

    imported()

    assert Topic.objects.get().state == state


def test_work_without_a_student_is_kept_where_the_next_one_does_not_see_it(
    old: Predecessor, who: SimpleNamespace, imported: Importing
) -> None:
    number = old.add("thesis", is_public=1, publisher_id=who.bob)
    old.add("thesis_supervisor", thesis_id=number, supervisor_id=who.bob)
    old.add("thesis_update", thesis_id=number, author_id=who.alice, content="Half done")

    imported()

    thesis = Thesis.objects.get()
    assert (thesis.state, thesis.topic) == (State.WITHDRAWN, Topic.objects.public().get())
    assert [u.text for u in thesis.workspace.updates.all()] == ["Half done"]
    assert not can(Person.objects.get(email="alice@x.org"), Action.WORKSPACE_VIEW, thesis.workspace)


def test_free_words_become_the_nearest_state_and_are_kept(
    old: Predecessor, who: SimpleNamespace, imported: Importing
) -> None:
    number = old.add("thesis", author_id=who.alice)
    for n, word in enumerate(["thesis accepted", "in-progress", "Almost Done", "zzz"]):
        old.add("thesis_status", thesis_id=number, status=word, updated_at=THEN + n)

    report = imported()

    changes = list(StateChange.objects.values_list("source", "target", "original"))
    assert changes == [
        ("", "accepted", "thesis accepted"),
        ("accepted", "in_progress", "in-progress"),
        ("in_progress", "writing", "Almost Done"),
        ("writing", "writing", "zzz"),
    ]
    assert Thesis.objects.get().state == State.WRITING
    assert len(reasons(report, "thesis_status")) == 2


def test_a_long_title_is_cut_and_stands_whole_in_the_description(
    old: Predecessor, who: SimpleNamespace, imported: Importing
) -> None:
    old.add("thesis", title="Very " * 100, author_id=who.alice, description="About")

    imported()

    room = Workspace.objects.get()
    assert len(room.title) == 300
    assert room.description == f"{('Very ' * 100).strip()}\n\nAbout"


def test_requests_keep_their_history_and_none_waits_where_no_place_is_left(
    old: Predecessor, who: SimpleNamespace, imported: Importing
) -> None:
    number = old.add("thesis", author_id=who.alice, publisher_id=who.bob, is_public=1)
    handled = {"handled_at": THEN + 9, "handled_by_id": who.bob}
    old.add("thesis_interest", thesis_id=number, student_id=who.alice, status="accepted", message="Me!", **handled)
    old.add("thesis_interest", thesis_id=number, student_id=who.mallory, status="pending")
    old.add("thesis_interest", thesis_id=number, student_id=404)

    report = imported()

    accepted, closed = Interest.objects.order_by("pk")
    assert (accepted.state, accepted.message, accepted.handled_by.email, accepted.thesis) == (
        "accepted", "Me!", "bob@x.org", Thesis.objects.get(),
    )  # fmt: skip
    assert closed.state == "closed"
    assert report.tables["thesis_interest"] == {"read": 3, "imported": 2, "merged": 0, "refused": 1}
    assert not Topic.objects.public().exists()


def test_a_student_waits_once_for_a_topic(old: Predecessor, who: SimpleNamespace, imported: Importing) -> None:
    number = old.add("thesis", publisher_id=who.bob, is_public=1)
    old.add("thesis_interest", thesis_id=number, student_id=who.alice, status="declined")
    old.add("thesis_interest", thesis_id=number, student_id=who.alice)
    old.add("thesis_interest", thesis_id=number, student_id=who.alice)

    report = imported()

    assert sorted(Interest.objects.values_list("state", flat=True)) == ["declined", "pending"]
    assert report.tables["thesis_interest"]["merged"] == 1


def test_a_supervisors_seat_is_only_for_those_who_had_the_right(
    old: Predecessor, who: SimpleNamespace, imported: Importing
) -> None:
    number = old.add("thesis", author_id=who.alice)
    for person in (who.mallory, who.alice, who.rita, 404):
        old.add("thesis_supervisor", thesis_id=number, supervisor_id=person)

    report = imported()

    room, rita = Workspace.objects.get(), Person.objects.get(email="rita@x.org")
    assert [m.person.email for m in room.members.filter(seat=Seat.SUPERVISOR)] == ["rita@x.org"]
    assert can(rita, Action.WORKSPACE_VIEW, room) and not can(rita, Action.STATE_MOVE, room)
    assert report.tables["thesis_supervisor"]["refused"] == 3


def test_an_offer_without_anybody_to_stand_for_it_keeps_its_texts(old: Predecessor, imported: Importing) -> None:
    old.add("thesis", title="Nobody's", is_public=1)

    imported()

    assert (Topic.objects.count(), Workspace.objects.get().title) == (0, "Nobody's")


def test_frozen_stays_frozen(old: Predecessor, who: SimpleNamespace, imported: Importing) -> None:
    old.add("thesis", author_id=who.alice, frozen=1)

    imported()

    assert Workspace.objects.get().is_frozen
