"""Two who do the same at the same moment, on SQLite and on PostgreSQL: one wins, the other is told."""

from pathlib import Path
from typing import Any

import pytest

from superviseme.notifications.models import Notice
from superviseme.policy.check import NotAllowed
from superviseme.policy.roles import Role
from superviseme.theses.assignment.actions import accept_interest, assign_topic, create_thesis
from superviseme.theses.evaluation.actions import hand_in
from superviseme.theses.interest.actions import express_interest, withdraw_interest
from superviseme.theses.models import Interest, InterestState, StateChange, Submission, Thesis, Topic
from superviseme.theses.progress.actions import move_thesis
from superviseme.theses.states import State
from superviseme.theses.topics.actions import create_topic
from superviseme.workspaces.models import Document, FileVersion
from tests import people
from tests.racing import race

from .conftest import a_topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offer(transactional_db: None) -> dict[str, Any]:
    bob, eve = people.person("Bob Boss", Role.SUPERVISOR), people.person("Eve Examiner", Role.SUPERVISOR)
    students = [people.person(f"S{n} Student", Role.STUDENT) for n in range(4)]
    return {"bob": bob, "eve": eve, "students": students, "topic": a_topic(bob, bob, eve)}


def fresh(thing: Any) -> Any:
    """The row as a request of its own would load it."""
    return type(thing).objects.get(pk=thing.pk)


def split(results: list[Any]) -> tuple[list[Any], list[Any]]:
    return [r for r in results if not isinstance(r, Exception)], [r for r in results if isinstance(r, Exception)]


def test_two_supervisors_accept_the_same_request(offer: dict[str, Any], tmp_path: Path) -> None:
    interest = Interest.objects.create(topic=offer["topic"], student=offer["students"][0])

    results = race(
        tmp_path,
        lambda: accept_interest(fresh(interest), by=fresh(offer["bob"])),
        lambda: accept_interest(fresh(interest), by=fresh(offer["eve"])),
    )

    won, refused = split(results)
    assert (len(won), [type(r) for r in refused]) == (1, [NotAllowed])
    assert "was faster: this request is accepted." in str(refused[0].reason)
    assert (Thesis.objects.count(), Topic.objects.get().taken) == (1, 1)
    assert Notice.objects.filter(verb="interest.accepted").count() == 1


def test_two_supervisors_accept_two_requests_for_the_last_place(offer: dict[str, Any], tmp_path: Path) -> None:
    first, second = (Interest.objects.create(topic=offer["topic"], student=s) for s in offer["students"][:2])

    results = race(
        tmp_path,
        lambda: accept_interest(fresh(first), by=fresh(offer["bob"])),
        lambda: accept_interest(fresh(second), by=fresh(offer["eve"])),
    )

    won, refused = split(results)
    assert (len(won), [type(r) for r in refused]) == (1, [NotAllowed])
    assert sorted(Interest.objects.values_list("state", flat=True)) == ["accepted", "closed"]
    assert (Thesis.objects.count(), Topic.objects.get().taken) == (1, 1)


def test_four_requests_for_two_places(offer: dict[str, Any], tmp_path: Path) -> None:
    Topic.objects.update(capacity=2)
    asked = [Interest.objects.create(topic=offer["topic"], student=s) for s in offer["students"]]

    results = race(tmp_path, *(lambda i=i: accept_interest(fresh(i), by=fresh(offer["bob"])) for i in asked))

    won, refused = split(results)
    assert (len(won), [type(r) for r in refused]) == (2, [NotAllowed, NotAllowed])
    assert sorted(Interest.objects.values_list("state", flat=True)) == ["accepted", "accepted", "closed", "closed"]


def test_accepted_and_withdrawn_at_once(offer: dict[str, Any], tmp_path: Path) -> None:
    student = offer["students"][0]
    interest = Interest.objects.create(topic=offer["topic"], student=student)

    results = race(
        tmp_path,
        lambda: accept_interest(fresh(interest), by=fresh(offer["bob"])),
        lambda: withdraw_interest(fresh(interest), by=fresh(student)),
    )

    assert [type(r) for r in split(results)[1]] == [NotAllowed]
    accepted = Interest.objects.get().state == InterestState.ACCEPTED
    assert (Thesis.objects.count(), Topic.objects.get().taken) == ((1, 1) if accepted else (0, 0))


def test_one_student_asks_four_times_at_once(offer: dict[str, Any], tmp_path: Path) -> None:
    student = offer["students"][0]
    ask = [lambda: express_interest(fresh(offer["topic"]), message="Me", by=fresh(student))] * 4

    results = race(tmp_path, *ask)

    assert len({r.pk for r in results}) == 1
    assert (Interest.objects.count(), Notice.objects.filter(verb="interest.expressed").count()) == (1, 2)


def test_assigned_directly_and_by_a_request_at_once(offer: dict[str, Any], tmp_path: Path) -> None:
    first, second = offer["students"][:2]
    interest = Interest.objects.create(topic=offer["topic"], student=first)

    results = race(
        tmp_path,
        lambda: accept_interest(fresh(interest), by=fresh(offer["bob"])),
        lambda: assign_topic(fresh(offer["topic"]), student=fresh(second), by=fresh(offer["eve"])),
    )

    assert [type(r) for r in split(results)[1]] == [NotAllowed]
    assert (Thesis.objects.count(), Topic.objects.get().taken) == (1, 1)
    assert not Interest.objects.filter(state=InterestState.PENDING).exists()


def test_moved_by_two_at_once(offer: dict[str, Any], tmp_path: Path) -> None:
    thesis = people.a_thesis(author=offer["students"][0], supervisor=offer["bob"])
    move = [lambda: move_thesis(fresh(thesis), target=State.WRITING, by=fresh(offer["bob"]))] * 3

    results = race(tmp_path, *move)

    assert results == [None, None, None]
    assert StateChange.objects.filter(thesis=thesis, target=State.WRITING).count() == 1


def test_handed_in_twice_at_once(offer: dict[str, Any], tmp_path: Path) -> None:
    author = offer["students"][0]
    thesis = people.a_thesis(author=author, supervisor=offer["bob"])
    document = Document.objects.create(workspace=thesis.workspace, number=1, kind="file", title="T", created_by=author)
    facts = {
        "sha256": "a" * 64,
        "size": 1,
        "content_type": "application/pdf",
        "filename": "t.pdf",
        "uploaded_by": author,
    }
    version = FileVersion.objects.create(document=document, number=1, **facts)
    submit = [lambda: hand_in(fresh(thesis), version=fresh(version), declaration="Mine", by=fresh(author))] * 3

    results = race(tmp_path, *submit)

    assert len({r.pk for r in results}) == 1
    assert Submission.objects.count() == 1


def test_a_double_click_makes_one_topic_and_one_thesis(offer: dict[str, Any], tmp_path: Path) -> None:
    bob, student = offer["bob"], offer["students"][0]

    def offer_topic() -> Topic:
        return create_topic(by=fresh(bob), supervisors=[bob], title="Kites", description="In the wind", capacity=1)

    def open_thesis() -> Thesis:
        return create_thesis(title="Kites", student=fresh(student), supervisors=[bob], by=fresh(bob))

    race(tmp_path, offer_topic, offer_topic, offer_topic, open_thesis, open_thesis, open_thesis)

    assert (Topic.objects.filter(title="Kites").count(), Thesis.objects.count()) == (1, 1)
