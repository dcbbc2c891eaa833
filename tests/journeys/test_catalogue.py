"""From a topic in the catalogue to a thesis: a visitor, a student and a supervisor."""

from typing import Any

import pytest
from playwright.sync_api import expect

from superviseme.accounts.models import Person
from superviseme.theses.models import Topic
from superviseme.theses.topics.actions import create_topic

from . import seen
from .conftest import Opener, give_password, sign_in


@pytest.fixture
def topic(transactional_db: None, bob: Person) -> Topic:
    facts = {"area": "Engineering", "level": "master", "capacity": 1, "summary": "Small bridges in strong wind."}
    text = "**Measure** one bridge."
    return create_topic(by=bob, supervisors=[bob], publish=True, title="Bridges", description=text, **facts)


def test_a_visitor_signs_in_on_the_way_and_gets_the_thesis(
    open_as: Opener, mallory: Person, bob: Person, topic: Topic
) -> None:
    give_password(mallory)
    page = open_as(None, "/theses?q=wind")
    page.get_by_role("link", name="Bridges").click()
    page.get_by_role("link", name="Sign in to ask for it").click()
    sign_in(page, mallory)
    expect(page.get_by_role("heading", name="Bridges", level=1)).to_be_visible()

    page.get_by_label("message").fill("I built three bridges of spaghetti.")
    page.get_by_role("button", name="Ask for this topic").click()

    expect(page.locator("#interest")).to_contain_text("The supervisors have been told")
    bobs = open_as(bob, "/supervisor/interests")
    expect(bobs.get_by_text("I built three bridges of spaghetti.")).to_be_visible()
    bobs.get_by_role("button", name="Accept").click()
    expect(bobs.get_by_role("heading", name="Bridges", level=1)).to_be_visible()
    expect(bobs.locator(".steps-line").first).to_be_visible()

    page.reload()
    expect(page.locator("#unread")).to_have_text("1 unread")
    page.get_by_role("link", name="Open your thesis").click()
    expect(page.locator(".ws-head")).to_contain_text("Bridges")
    seen.is_sound(page)


def test_a_request_is_declined_with_a_reason_and_withdrawn(
    open_as: Opener, mallory: Person, alice: Person, bob: Person, topic: Topic
) -> None:
    for person in (mallory, alice):
        page = open_as(person, topic.get_absolute_url())
        page.get_by_label("message").fill("May I?")
        page.get_by_role("button", name="Ask for this topic").click()
        expect(page.locator("#interest")).to_contain_text("The supervisors have been told")
    page.get_by_role("button", name="Withdraw the request").click()
    expect(page.get_by_role("button", name="Ask for this topic")).to_be_visible()

    bobs = open_as(bob, topic.get_absolute_url())
    bobs.get_by_text("Decline", exact=True).click()
    bobs.get_by_label("Reason, read by the student").fill("Finish your exams first.")
    bobs.get_by_role("button", name="Decline the request").click()

    theirs = open_as(mallory, "/student/interests")
    expect(theirs.get_by_text("Finish your exams first.")).to_be_visible()
    seen.is_sound(theirs)


def test_a_topic_is_written_published_and_found(open_as: Opener, bob: Person, transactional_db: Any) -> None:
    page = open_as(bob, "/supervisor/topics")
    page.get_by_role("link", name="New topic").first.click()
    page.get_by_label("Title").fill("Rechtsschutzversicherungsgesellschaftsrisiken")
    page.locator("[name=summary]").fill("A long word about insurance.")
    page.locator("[name=description]").fill("A long word, and what it costs.")
    page.locator("form[data-once] button[type=submit]").last.click()
    if page.get_by_role("button", name="Publish").count():
        page.get_by_role("button", name="Publish").click()

    visitor = open_as(None, "/theses?q=insurance", size="phone", theme="dark")

    expect(visitor.get_by_role("link", name="Rechtsschutzversicherungsgesellschaftsrisiken")).to_be_visible()
    seen.is_sound(visitor)
