"""Writing, publishing, closing, deleting topics."""

from typing import Any

import pytest

from superviseme.notifications.inbox.queries import latest
from superviseme.policy.roles import Role
from superviseme.search.models import SearchEntry
from superviseme.theses.models import Interest, InterestState, Topic, TopicState
from tests import people

from .conftest import a_topic


def facts(*supervisors: Any, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Rivers of the Alps",
        "summary": "Where the water goes",
        "description": "Long **text**",
        "level": "master",
        "capacity": "2",
        "keywords": "Water, snow, WATER",
        "supervisors": [p.pk for p in supervisors],
        **changes,
    }


def test_a_supervisor_writes_a_draft_and_publishes_it(as_: Any, bob: Any, eve: Any, told: Any) -> None:
    browser = as_(bob)

    answer = browser.post("/supervisor/topics/new", facts(bob, eve))
    topic = Topic.objects.get()
    browser.post(f"/theses/{topic.pk}/publication")
    topic.refresh_from_db()

    assert answer.status_code == 302
    assert (topic.state, topic.capacity, topic.published_at is not None) == (TopicState.OPEN, 2, True)
    assert [k.word for k in topic.keywords.all()] == ["WATER", "snow"]
    assert told("topic.created") == ["Eve"]
    assert SearchEntry.objects.get(thing="theses.topic").public


def test_published_at_once(as_: Any, bob: Any) -> None:
    as_(bob).post("/supervisor/topics/new", facts(bob, publish="1"))

    assert Topic.objects.get().state == TopicState.OPEN


def test_a_double_submit_makes_one_topic(as_: Any, bob: Any) -> None:
    browser = as_(bob)
    for _again in range(2):
        browser.post("/supervisor/topics/new", facts(bob))

    assert Topic.objects.count() == 1


def test_who_may_open_the_pages_of_topics(as_: Any, bob: Any, ada: Any, alice: Any, rita: Any) -> None:
    seen = [as_(who).get("/supervisor/topics").status_code for who in (None, alice, rita, bob, ada)]

    assert seen == [302, 403, 403, 200, 200]


@pytest.mark.parametrize("noun", ["edit", "publication", "closure", "reopening", "deletion"])
def test_only_publisher_supervisors_and_admins_change_a_topic(
    as_: Any, bob: Any, eve: Any, alice: Any, ada: Any, noun: str
) -> None:
    topic = a_topic(bob)
    form = facts(bob, version=topic.version)

    seen = [as_(who).post(f"/theses/{topic.pk}/{noun}", form).status_code for who in (None, alice, eve)]

    assert seen == [302, 403, 403]
    assert as_(ada).post(f"/theses/{topic.pk}/{noun}", form).status_code == 302


def test_a_stale_edit_is_409_and_keeps_both_texts(as_: Any, topic: Any, bob: Any) -> None:
    as_(bob).post(f"/theses/{topic.pk}/edit", facts(bob, version=1, description="first"))

    answer = as_(bob).post(f"/theses/{topic.pk}/edit", facts(bob, version=1, description="second"))

    assert answer.status_code == 409
    assert "first" in answer.content.decode()
    assert "second" in answer.content.decode()
    assert Topic.objects.get().description == "first"


def test_places_cannot_go_below_what_is_taken(as_: Any, bob: Any) -> None:
    topic = a_topic(bob, capacity=3, taken=2)

    answer = as_(bob).post(f"/theses/{topic.pk}/edit", facts(bob, version=1, capacity="1"))

    assert answer.status_code == 422
    assert "2 places are taken already" in answer.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": "x" * 301},
        {"description": "x" * 1_000_000},
        {"capacity": "0"},
        {"capacity": "9" * 40},
        {"level": "none"},
        {"supervisors": []},
        {"supervisors": ["99999999999999999999999"]},
        {"supervisors": ["\x00"]},
        {"keywords": ",".join("abcdefghijklmnopqrstuvwxyz")},
        {"title": "\x00\x01"},
    ],
)
def test_what_cannot_be_a_topic_comes_back_filled_in(as_: Any, bob: Any, wrong: dict[str, Any]) -> None:
    answer = as_(bob).post("/supervisor/topics/new", facts(bob, **wrong))

    assert answer.status_code == 422
    assert "Where the water goes" in answer.content.decode()
    assert Topic.objects.count() == 0


def test_deleting_tells_those_who_wait_and_is_undone(as_: Any, topic: Any, bob: Any, alice: Any, told: Any) -> None:
    Interest.objects.create(topic=topic, student=alice)
    browser = as_(bob)

    browser.post(f"/theses/{topic.pk}/deletion")

    assert browser.get(f"/theses/{topic.pk}").status_code == 404
    assert Interest.objects.get().state == InterestState.CLOSED
    assert told("interest.closed") == ["Alice"]
    said = [(n.verb, n.says) for n in latest(alice)]
    assert said == [("interest.closed", f"closed your request for «{topic.title}». The topic is no longer offered.")]
    assert as_(alice).get("/student/interests").status_code == 200
    assert browser.post(f"/theses/{topic.pk}/restoration").status_code == 302
    assert browser.get(f"/theses/{topic.pk}").status_code == 200


def test_a_stranger_cannot_restore(as_: Any, topic: Any, bob: Any, eve: Any) -> None:
    as_(bob).post(f"/theses/{topic.pk}/deletion")

    assert as_(eve).post(f"/theses/{topic.pk}/restoration").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_own_topics_ask_the_same_number_of_questions(
    as_: Any, bob: Any, eve: Any, alice: Any, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        Interest.objects.create(topic=a_topic(bob, bob, eve, title=f"Topic {number}"), student=alice)
    browser = as_(bob)

    with django_assert_num_queries(8):
        browser.get("/supervisor/topics")


def test_a_researcher_with_the_role_offers_topics(as_: Any) -> None:
    both = people.person("Rosa Both", Role.RESEARCHER, Role.SUPERVISOR)

    assert as_(both).post("/supervisor/topics/new", facts(both)).status_code == 302
