"""Asking for a topic, withdrawing, declining; what is told to whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation

from superviseme.theses.assignment.actions import accept_interest
from superviseme.theses.models import Interest, InterestState, TopicState
from superviseme.web.time import now, simulated

from .conftest import a_topic


def ask(browser: Any, topic: Any, message: str = "I measured a bridge before.") -> Any:
    return browser.post(f"/theses/{topic.pk}/interest", {"message": message})


def test_a_student_asks_and_the_offerers_are_told(as_: Any, bob: Any, eve: Any, alice: Any, told: Any) -> None:
    topic = a_topic(bob, eve)

    answer = ask(as_(alice), topic)

    assert answer.status_code == 302
    assert Interest.objects.get().state == InterestState.PENDING
    assert told("interest.expressed") == ["Bob", "Eve"]
    assert "Your request" in as_(alice).get(f"/theses/{topic.pk}").content.decode()


def test_asking_twice_is_one_request_and_a_friendly_answer(as_: Any, topic: Any, alice: Any) -> None:
    browser = as_(alice)

    answers = [ask(browser, topic).status_code, ask(browser, topic, "again").status_code]

    assert answers == [302, 302]
    assert [i.message for i in Interest.objects.all()] == ["I measured a bridge before."]


def test_only_students_ask(as_: Any, topic: Any, bob: Any, rita: Any, ada: Any) -> None:
    seen = [ask(as_(who), topic).status_code for who in (None, bob, rita, ada)]

    assert seen == [302, 403, 403, 403]
    assert Interest.objects.count() == 0


def test_a_topic_that_is_closed_takes_no_request(as_: Any, topic: Any, alice: Any, sven: Any) -> None:
    Interest.objects.create(topic=topic, student=alice, state=InterestState.DECLINED)
    type(topic).objects.update(state=TopicState.CLOSED)

    assert ask(as_(alice), topic).status_code == 403
    assert ask(as_(sven), topic).status_code == 403


def test_withdrawn_by_who_asked_and_by_nobody_else(
    as_: Any, topic: Any, alice: Any, sven: Any, bob: Any, told: Any
) -> None:
    ask(as_(alice), topic)
    address = f"/theses/{topic.pk}/interests/{Interest.objects.get().pk}/withdrawal"

    refused = [as_(who).post(address).status_code for who in (sven, bob)]
    done = as_(alice).post(address).status_code

    assert (refused, done) == ([404, 404], 302)
    assert Interest.objects.get().state == InterestState.WITHDRAWN
    assert told("interest.withdrawn") == ["Bob"]
    assert as_(alice).post(address).status_code == 403


def test_declined_with_a_reason_that_the_student_reads(as_: Any, topic: Any, alice: Any, bob: Any, told: Any) -> None:
    ask(as_(alice), topic)
    interest = Interest.objects.get()

    as_(bob).post(f"/theses/{topic.pk}/interests/{interest.pk}/refusal", {"reason": "Too late this term."})

    interest.refresh_from_db()
    assert (interest.state, interest.handled_by, interest.reason) == (
        InterestState.DECLINED,
        bob,
        "Too late this term.",
    )
    assert told("interest.declined") == ["Alice"]
    history = as_(alice).get("/student/interests").content.decode()
    assert "Too late this term." in history
    assert "Bob Boss" in history


def test_after_a_decline_one_may_ask_again(as_: Any, topic: Any, alice: Any) -> None:
    Interest.objects.create(topic=topic, student=alice, state=InterestState.DECLINED)

    ask(as_(alice), topic)

    assert Interest.objects.filter(state=InterestState.PENDING).count() == 1


@pytest.mark.parametrize("noun", ["acceptance", "refusal"])
def test_who_may_answer_a_request(as_: Any, topic: Any, alice: Any, sven: Any, eve: Any, noun: str) -> None:
    interest = Interest.objects.create(topic=topic, student=alice)

    seen = [
        as_(w).post(f"/theses/{topic.pk}/interests/{interest.pk}/{noun}").status_code for w in (None, alice, sven, eve)
    ]

    assert seen == [302, 403, 404, 404]
    assert Interest.objects.get().is_pending


@pytest.mark.parametrize("message", ["", "🎓 ü \x00\x07 \u202e", "x" * 5000])
def test_any_message_is_taken(as_: Any, topic: Any, alice: Any, message: str) -> None:
    assert ask(as_(alice), topic, message).status_code == 302


def test_too_long_a_message_comes_back(as_: Any, topic: Any, alice: Any) -> None:
    answer = ask(as_(alice), topic, "y" * 5001)

    assert answer.status_code == 422
    assert "y" * 5001 in answer.content.decode()


def test_who_works_on_a_topic_does_not_ask_for_it_again(as_: Any, bob: Any, alice: Any) -> None:
    topic = a_topic(bob, capacity=2)
    as_(bob).post(f"/theses/{topic.pk}/assignment", {"student": alice.email})

    answer = ask(as_(alice), topic)

    assert answer.status_code == 403
    assert "You work on this topic already" in answer.content.decode()


def test_a_history_link_never_leads_to_404(as_: Any, topic: Any, alice: Any, bob: Any) -> None:
    ask(as_(alice), topic)
    as_(bob).post(f"/theses/{topic.pk}/interests/{Interest.objects.get().pk}/acceptance")
    type(topic).objects.update(state=TopicState.CLOSED)

    page = as_(alice).get("/student/interests").content.decode()
    href = Interest.objects.get().thesis.get_absolute_url()

    assert f'href="{href}"' in page
    assert as_(alice).get(href).status_code == 200


def test_requests_wait_on_a_page_of_the_offerers(
    as_: Any, topic: Any, alice: Any, bob: Any, eve: Any, ada: Any
) -> None:
    ask(as_(alice), topic)

    seen = ["Alice Author" in as_(who).get("/supervisor/interests").content.decode() for who in (bob, eve, ada)]

    assert seen == [True, False, True]


@pytest.mark.parametrize("count", [1, 3])
def test_the_topic_page_asks_the_same_number_of_questions(
    as_: Any, topic: Any, bob: Any, django_assert_num_queries: Any, count: int
) -> None:
    from superviseme.policy.roles import Role
    from tests import people

    for number in range(count):
        Interest.objects.create(topic=topic, student=people.person(f"S{number} X", Role.STUDENT))
    browser = as_(bob)

    with django_assert_num_queries(10):
        browser.get(f"/theses/{topic.pk}")


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_the_same_number_of_questions(
    as_: Any, bob: Any, alice: Any, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        Interest.objects.create(topic=a_topic(bob, title=f"Topic {number}"), student=alice)
    browser = as_(alice)

    with django_assert_num_queries(7):
        browser.get("/student/interests")


def test_changing_ones_mind_is_fine_but_not_all_day_long(as_: Any, topic: Any, bob: Any, alice: Any, told: Any) -> None:
    browser, start = as_(alice), now()
    answers = []
    for minute in range(4):
        with simulated(start + timedelta(minutes=minute)):
            answers.append(ask(browser, topic))
            for interest in Interest.objects.filter(state=InterestState.PENDING):
                browser.post(f"/theses/{topic.pk}/interests/{interest.pk}/withdrawal")

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "You have asked 3 times within a day" in answers[-1].content.decode()
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 24 * 3600
    assert told("interest.expressed") == ["Bob"] * 3
    with simulated(start + timedelta(hours=24, minutes=1)):
        assert ask(browser, topic).status_code == 302


def test_other_topics_can_be_asked_for_meanwhile(as_: Any, topic: Any, bob: Any, alice: Any) -> None:
    for _ in range(3):
        Interest.objects.create(topic=topic, student=alice, state=InterestState.WITHDRAWN)

    assert ask(as_(alice), a_topic(bob, title="Rivers")).status_code == 302


def test_asking_for_everything_within_a_day_is_too_often(as_: Any, topic: Any, bob: Any, alice: Any) -> None:
    for number in range(10):
        other = a_topic(bob, title=f"Topic {number}")
        rows = [Interest(topic=other, student=alice, state=InterestState.WITHDRAWN) for _ in range(3)]
        Interest.objects.bulk_create(rows)

    assert ask(as_(alice), topic).status_code == 429


@pytest.mark.parametrize("language", ["en", "de"])
def test_why_a_request_was_closed_is_kept_in_no_language(
    as_: Any, topic: Any, bob: Any, alice: Any, sven: Any, language: str
) -> None:
    first, second = (Interest.objects.create(topic=topic, student=who) for who in (alice, sven))
    with translation.override(language), override_settings(LANGUAGES=[("en", "English"), ("de", "Deutsch")]):
        accept_interest(first, by=bob)

    second.refresh_from_db()
    assert (second.state, second.reason) == ("closed", "full")
    assert "All places are taken." in as_(sven).get("/student/interests").content.decode()
