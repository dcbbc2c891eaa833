"""What visitors and students find in the catalogue."""

import re
from typing import Any

import pytest

from superviseme.policy.roles import Role
from superviseme.theses.models import Interest, TopicState
from superviseme.web.time import now
from tests import people

from .conftest import a_topic


def titles(page: Any) -> list[str]:
    return re.findall(r'topic-title"><a href="[^"]+">([^<]+)<', page.content.decode())


def test_a_visitor_sees_open_topics_with_a_free_place_only(as_: Any, bob: Any) -> None:
    a_topic(bob, title="Open")
    a_topic(bob, title="Draft", state=TopicState.DRAFT)
    a_topic(bob, title="Closed", state=TopicState.CLOSED)
    a_topic(bob, title="Full", taken=1)
    a_topic(bob, title="Deleted", deleted_at=now(), deleted_by=bob)

    page = as_(None).get("/theses")

    assert page.status_code == 200
    assert titles(page) == ["Open"]
    assert "1 topic" in page.content.decode()


def test_a_draft_is_404_outside_and_seen_by_those_who_offer_it(as_: Any, bob: Any, mallory: Any, ada: Any) -> None:
    topic = a_topic(bob, state=TopicState.DRAFT)

    seen = [as_(who).get(topic.get_absolute_url()).status_code for who in (None, mallory, bob, ada)]

    assert seen == [404, 404, 200, 200]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=wind", ["Bridges"]),
        ("q=carol", ["Rivers"]),
        ("q=EINFÜHRUNG", []),
        ("q=prerequisite+rivers", []),
        ("q=linear+algebra", ["Bridges"]),
        ("q=steel", ["Bridges"]),
        ("topic=hydrology", ["Rivers"]),
        ("level=phd", ["Rivers"]),
        ("level=nonsense", ["Bridges", "Rivers"]),
        ("keywords=steel,%20Water", ["Bridges", "Rivers"]),
        ("keywords=WATER", ["Rivers"]),
        ("keywords=steel&level=phd", []),
        ("supervisor=99999999999999999999999", ["Bridges", "Rivers"]),
        ("supervisor=bob", ["Bridges", "Rivers"]),
        ("sort=title", ["Bridges", "Rivers"]),
        ("sort=level", ["Bridges", "Rivers"]),
        ("sort=places", ["Rivers", "Bridges"]),
        ("sort=title&after=nonsense", ["Bridges", "Rivers"]),
    ],
)
def test_filters_combine_and_what_is_not_understood_is_left_out(
    as_: Any, bob: Any, query: str, found: list[str]
) -> None:
    carol = people.person("Carol Colleague", Role.SUPERVISOR)
    a_topic(bob, title="Rivers", area="Hydrology", level="phd", capacity=3, keywords=("Water",)).supervisors.update(
        person=carol
    )
    a_topic(bob, title="Bridges", summary="Wind", prerequisites="Linear algebra", keywords=("Steel",))

    assert titles(as_(None).get(f"/theses?{query}")) == found


def test_the_supervisor_filter_takes_a_person(as_: Any, bob: Any, eve: Any) -> None:
    a_topic(bob, title="Of Bob")
    a_topic(eve, title="Of Eve")

    assert titles(as_(None).get(f"/theses?supervisor={eve.pk}")) == ["Of Eve"]


@pytest.mark.parametrize("sort", ["newest", "title", "level", "places"])
def test_the_catalogue_is_paged_without_losing_or_repeating_a_topic(as_: Any, bob: Any, sort: str) -> None:
    for number in range(30):
        a_topic(bob, title=f"Topic {number:02}", capacity=1 + number % 3, level=["bachelor", "master"][number % 2])

    first = as_(None).get(f"/theses?sort={sort}")
    older = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    second = as_(None).get("/theses" + older[1].replace("&amp;", "&"))

    assert len(titles(first)) == 25
    assert sorted(titles(first) + titles(second)) == [f"Topic {n:02}" for n in range(30)]


def test_an_empty_catalogue_says_so(as_: Any, db: None) -> None:
    assert "No topics at the moment" in as_(None).get("/theses").content.decode()


def test_a_visitor_is_led_to_sign_in_and_back(as_: Any, topic: Any) -> None:
    page = as_(None).get(f"/theses/{topic.pk}").content.decode()

    assert f'href="/login?next=/theses/{topic.pk}"' in page
    assert "<strong>one</strong>" in page


def test_who_asked_still_sees_the_topic_when_it_is_closed(as_: Any, topic: Any, alice: Any, sven: Any) -> None:
    Interest.objects.create(topic=topic, student=alice)
    type(topic).objects.update(state=TopicState.CLOSED)

    seen = ["Measure" in as_(who).get(topic.get_absolute_url()).content.decode() for who in (alice, sven)]

    assert seen == [True, False]


@pytest.mark.parametrize("count", [1, 3])
def test_the_catalogue_asks_the_same_number_of_questions_whatever_its_size(
    as_: Any, bob: Any, eve: Any, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        a_topic(bob, bob, eve, title=f"Topic {number}", keywords=("one", "two"))
    browser = as_(None)

    with django_assert_num_queries(6):
        browser.get("/theses")


@pytest.mark.parametrize("address", ["/theses/0", "/theses/999999999999999999999999", "/theses/12345"])
def test_a_topic_that_does_not_exist_is_404(as_: Any, db: None, address: str) -> None:
    assert as_(None).get(address).status_code == 404


@pytest.mark.parametrize(
    ("facts", "says"),
    [({"taken": 1}, "All places are taken"), ({"state": TopicState.CLOSED}, "no longer offered")],
)
def test_a_shared_address_says_that_the_topic_is_gone_and_leads_to_similar_ones(
    as_: Any, bob: Any, mallory: Any, facts: dict[str, Any], says: str
) -> None:
    topic = a_topic(bob, title="Bridges", description="A secret plan", keywords=("Steel",), **facts)
    a_topic(bob, title="Towers", keywords=("steel",))
    a_topic(bob, title="Rivers", level="phd")

    answers = [as_(who).get(topic.get_absolute_url()) for who in (None, mallory)]
    pages = [answer.content.decode() for answer in answers]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert [says in page for page in pages] == [True, True]
    assert ["A secret plan" in page for page in pages] == [False, False]
    assert [titles(answer) for answer in answers] == [["Towers"], ["Towers"]]


def test_where_nothing_is_similar_the_catalogue_is_the_way_on(as_: Any, bob: Any) -> None:
    page = as_(None).get(a_topic(bob, taken=1).get_absolute_url()).content.decode()

    assert 'href="/theses"' in page


@pytest.mark.parametrize("deleted", [True, False])
def test_a_topic_that_was_deleted_or_never_offered_does_not_exist_for_others(as_: Any, bob: Any, deleted: bool) -> None:
    facts = {"deleted_at": now(), "deleted_by": bob, "taken": 1} if deleted else {"state": TopicState.DRAFT}
    topic = a_topic(bob, **facts)

    answer = as_(None).get(topic.get_absolute_url())

    assert answer.status_code == 404
    assert "Bridges" not in answer.content.decode()


def test_who_signed_in_to_ask_for_a_topic_that_went_meanwhile_reads_that_it_did(
    as_: Any, bob: Any, mallory: Any
) -> None:
    topic = a_topic(bob, taken=1)
    browser = as_(mallory)

    seen = [browser.get(f"/theses/{topic.pk}/interest"), browser.post(f"/theses/{topic.pk}/interest", {})]

    assert [answer.status_code for answer in seen] == [302, 403]
    assert "takes no requests" in seen[1].content.decode()
