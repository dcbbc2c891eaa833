"""From a request to a thesis, directly, and back."""

from typing import Any

import pytest

from superviseme.notifications.inbox.queries import latest
from superviseme.policy.roles import Role, Seat
from superviseme.theses.models import Interest, InterestState, StateChange, Thesis, Topic, TopicState
from superviseme.theses.states import State
from superviseme.workspaces.models import Workspace
from tests import people

from .conftest import a_topic


def accept(browser: Any, interest: Interest) -> Any:
    return browser.post(f"/theses/{interest.topic_id}/interests/{interest.pk}/acceptance")


@pytest.fixture
def asked(topic: Topic, alice: Any) -> Interest:
    return Interest.objects.create(topic=topic, student=alice, message="Please")


def test_accepting_makes_the_thesis_with_its_seats(as_: Any, bob: Any, eve: Any, alice: Any) -> None:
    topic = a_topic(bob, eve, keywords=("Wind",), level="bachelor")
    interest = Interest.objects.create(topic=topic, student=alice)

    answer = accept(as_(eve), interest)

    thesis = Thesis.objects.get()
    assert answer.url == thesis.get_absolute_url()
    assert {m.person.name: m.seat for m in thesis.workspace.members.all()} == {
        "Alice": Seat.AUTHOR,
        "Eve": Seat.SUPERVISOR,
        "Bob": Seat.SUPERVISOR,
    }
    assert (thesis.title, thesis.level, thesis.state) == (topic.title, "bachelor", State.ACCEPTED)
    assert [k.word for k in thesis.keywords.all()] == ["Wind"]
    interest.refresh_from_db()
    assert (interest.state, interest.handled_by, interest.thesis) == (InterestState.ACCEPTED, eve, thesis)
    assert Topic.objects.get().taken == 1
    assert StateChange.objects.filter(thesis=thesis, target=State.ACCEPTED, by=eve).count() == 1


def test_everybody_concerned_is_told(as_: Any, bob: Any, eve: Any, alice: Any, sven: Any, told: Any) -> None:
    topic = a_topic(bob, bob, eve)
    interest = Interest.objects.create(topic=topic, student=alice)
    Interest.objects.create(topic=topic, student=sven)

    accept(as_(eve), interest)

    assert told("interest.accepted") == ["Alice"]
    assert told("interest.closed") == ["Sven"]
    assert [n.says for n in latest(sven)] == [f"closed your request for «{topic.title}». All places are taken."]
    assert told("thesis.assigned") == ["Bob"]


def test_others_wait_on_while_there_is_a_place(as_: Any, bob: Any, alice: Any, sven: Any) -> None:
    topic = a_topic(bob, capacity=2)
    first, second = (Interest.objects.create(topic=topic, student=s) for s in (alice, sven))

    accept(as_(bob), first)
    second.refresh_from_db()
    assert second.is_pending

    accept(as_(bob), second)
    assert [w.author_name for w in _theses()] == ["Alice", "Sven"]


def _theses() -> list[Any]:
    found = list(Workspace.objects.order_by("pk"))
    for workspace in found:
        workspace.author_name = workspace.members.get(seat=Seat.AUTHOR).person.name
    return found


def test_who_comes_second_reads_who_was_faster(as_: Any, bob: Any, eve: Any, alice: Any) -> None:
    interest = Interest.objects.create(topic=a_topic(bob, bob, eve), student=alice)
    accept(as_(eve), interest)

    answer = accept(as_(bob), interest)

    assert answer.status_code == 403
    assert "Eve Examiner was faster: this request is accepted." in answer.content.decode()
    assert Thesis.objects.count() == 1


def test_no_place_no_thesis(as_: Any, bob: Any, alice: Any) -> None:
    interest = Interest.objects.create(topic=a_topic(bob, taken=1), student=alice)

    answer = accept(as_(bob), interest)

    assert answer.status_code == 403
    assert "are taken" in answer.content.decode()
    assert Interest.objects.get().is_pending


def test_assigned_directly_and_the_other_requests_closed(
    as_: Any, topic: Any, asked: Any, bob: Any, sven: Any, told: Any
) -> None:
    answer = as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": "SVEN@example.org"})

    assert answer.status_code == 302
    assert [w.author_name for w in _theses()] == ["Sven"]
    assert Interest.objects.get().state == InterestState.CLOSED
    assert told("thesis.assigned") == ["Sven"]
    assert told("interest.closed") == ["Alice"]


def test_assigning_to_who_asked_accepts_the_request(as_: Any, topic: Any, asked: Any, bob: Any, told: Any) -> None:
    as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": "alice@example.org"})

    asked.refresh_from_db()
    assert (asked.state, asked.thesis) == (InterestState.ACCEPTED, Thesis.objects.get())
    assert told("interest.accepted") == ["Alice"]


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("nobody@example.org", "Invite them"),
        ("rita@example.org", "role of a student"),
        ("", "required"),
        ("x", "valid"),
        ("a\x00@b.c", ""),
    ],
)
def test_only_known_students_can_be_assigned(as_: Any, topic: Any, bob: Any, rita: Any, email: str, words: str) -> None:
    answer = as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": email})

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_strangers_cannot_assign(as_: Any, topic: Any, alice: Any, eve: Any) -> None:
    seen = [
        as_(w).post(f"/theses/{topic.pk}/assignment", {"student": "alice@example.org"}).status_code
        for w in (None, alice, eve)
    ]

    assert seen == [302, 403, 403]


def test_the_same_topic_twice_is_refused(as_: Any, bob: Any, alice: Any) -> None:
    topic = a_topic(bob, capacity=3)
    for status in (302, 403):
        assert as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": alice.email}).status_code == status

    assert Topic.objects.get().taken == 1


def test_unassigning_frees_the_place_and_keeps_the_work_from_the_next(
    as_: Any, topic: Any, asked: Any, bob: Any, alice: Any, sven: Any, told: Any
) -> None:
    accept(as_(bob), asked)
    former = Thesis.objects.get()
    Topic.objects.update(state=TopicState.CLOSED)

    as_(bob).post(f"/w/{former.workspace_id}/unassignment", {"why": "Moved away"})
    as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": sven.email})

    former.refresh_from_db()
    assert former.state == State.WITHDRAWN
    assert StateChange.objects.get(thesis=former, target=State.WITHDRAWN).why == "Moved away"
    assert told("thesis.unassigned") == ["Alice"]
    assert Topic.objects.get().state == TopicState.OPEN
    assert Thesis.objects.count() == 2
    assert as_(sven).get(f"/w/{former.workspace_id}").status_code == 404
    assert as_(alice).get(f"/w/{former.workspace_id}").status_code == 200


def test_who_may_unassign(as_: Any, thesis: Any, alice: Any, carol: Any, eve: Any, mallory: Any) -> None:
    address = f"/w/{thesis.workspace_id}/unassignment"

    seen = [as_(who).post(address).status_code for who in (None, alice, carol, eve, mallory)]

    assert seen == [302, 403, 403, 403, 404]


def test_a_thesis_without_a_topic(as_: Any, bob: Any, alice: Any, told: Any) -> None:
    browser = as_(bob)
    data = {
        "title": "My own idea",
        "student": alice.email,
        "level": "phd",
        "state": "proposed",
        "supervisors": [bob.pk],
    }

    first, again = (browser.post("/supervisor/theses/new", data) for _twice in range(2))

    thesis = Thesis.objects.get()
    assert (first.url, again.url) == (thesis.get_absolute_url(),) * 2
    assert (thesis.topic, thesis.level, thesis.state) == (None, "phd", State.PROPOSED)
    assert told("thesis.assigned") == ["Alice"]


@pytest.mark.parametrize("who", ["alice", "rita"])
def test_only_supervisors_and_admins_create_theses(as_: Any, alice: Any, rita: Any, ada: Any, who: str) -> None:
    assert as_({"alice": alice, "rita": rita}[who]).get("/supervisor/theses/new").status_code == 403
    assert as_(ada).get("/supervisor/theses/new").status_code == 200


def test_deleting_a_thesis_frees_its_place_and_restoring_takes_it_again(
    as_: Any, topic: Any, asked: Any, bob: Any
) -> None:
    accept(as_(bob), asked)
    workspace = Workspace.objects.get()

    as_(bob).post(f"/w/{workspace.pk}/deletion")
    assert Topic.objects.get().taken == 0

    as_(bob).post(f"/w/{workspace.pk}/restoration")
    assert Topic.objects.get().taken == 1


def test_a_thesis_stays_deleted_when_somebody_else_has_its_place(
    as_: Any, topic: Any, asked: Any, bob: Any, sven: Any
) -> None:
    accept(as_(bob), asked)
    workspace = Workspace.objects.get()
    as_(bob).post(f"/w/{workspace.pk}/deletion")
    as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": sven.email})

    answer = as_(bob).post(f"/w/{workspace.pk}/restoration")

    workspace.refresh_from_db()
    assert answer.status_code == 403
    assert workspace.deleted_at is not None


def test_who_deletes_a_thesis(as_: Any, alice: Any, carol: Any, eve: Any, mallory: Any, ada: Any) -> None:
    """The smoke run of the runbook: a supervisor, a researcher who supervises, and an administrator may."""
    rosa = people.person("Rosa Both", Role.RESEARCHER, Role.SUPERVISOR)
    bob = people.person("Bob Boss", Role.SUPERVISOR)
    seen = {}
    for who in (alice, carol, eve, mallory, bob, rosa, ada):
        thesis = people.a_thesis(author=alice, supervisor=bob, collaborator=carol, examiner=eve)
        people.seat(thesis.workspace, rosa, Seat.SUPERVISOR)
        seen[who.name] = as_(who).post(f"/w/{thesis.workspace_id}/deletion").status_code

    assert seen == {"Alice": 403, "Carol": 403, "Eve": 403, "Mallory": 404, "Bob": 302, "Rosa": 302, "Ada": 302}


def test_nothing_is_unassigned_in_a_frozen_workspace(as_: Any, thesis: Any, bob: Any) -> None:
    as_(bob).post(f"/w/{thesis.workspace_id}/freeze")

    answer = as_(bob).post(f"/w/{thesis.workspace_id}/unassignment")

    assert answer.status_code == 403
    assert "frozen" in answer.content.decode()
