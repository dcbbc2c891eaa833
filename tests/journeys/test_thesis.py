"""Alice writes her thesis and Bob supervises it, in two browsers."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from superviseme.accounts.models import Person
from superviseme.web.time import now, today
from superviseme.workspaces.goals.actions import add_goal
from superviseme.workspaces.meetings.actions import plan_meeting
from superviseme.workspaces.milestones.actions import add_milestone
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import post_update

from . import seen
from .conftest import Opener, pdf

SAME_PAGE = "window.samePage === true"


@pytest.fixture
def place(transactional_db: None, workspace: Any) -> str:
    return f"/w/{workspace.pk}"


def stay(page: Page) -> None:
    page.evaluate("window.samePage = true")


def test_an_update_is_written_answered_without_a_new_page_and_read(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, place: str, tmp_path: Path
) -> None:
    add_todo(workspace, title="Rework the related work", by=bob, assignee=alice)
    alices = open_as(alice, f"{place}/updates")
    text = alices.get_by_role("textbox", name="Text")
    text.press_sequentially("It is finished, see @todo:rela")
    alices.get_by_role("option", name="Rework the related work").click()
    alices.get_by_role("button", name="Mention somebody").click()
    text.press_sequentially("bos")
    alices.get_by_role("option", name="Bob Boss").click()
    expect(text).to_have_value("It is finished, see @todo:1 @Bob Boss ")
    alices.get_by_text("Attach files").click()
    alices.locator("input[type=file]").set_input_files(pdf(tmp_path, "chapter-two.pdf"))
    stay(alices)

    alices.get_by_role("button", name="Post update").click()

    card = alices.locator("#updates .update")
    expect(card.get_by_role("link", name="#1 Rework the related work")).to_be_visible()
    expect(card.locator(".mention", has_text="@Bob Boss")).to_be_visible()
    expect(card.get_by_role("link", name="chapter-two.pdf")).to_be_visible()
    expect(text).to_have_value("")
    expect(alices.get_by_text("No updates yet")).to_be_hidden()
    assert alices.evaluate(SAME_PAGE)

    bobs = open_as(bob, f"{place}/updates")
    stay(bobs)
    bobs.get_by_text("Answer", exact=True).click()
    bobs.get_by_role("textbox", name="Your answer").fill("The figure on page 4 has no units.")
    bobs.get_by_role("button", name="Give feedback").click()

    expect(bobs.locator(".said-feedback")).to_contain_text("page 4")
    bobs.get_by_text("Answer", exact=True).click()
    expect(bobs.get_by_role("textbox", name="Your answer")).to_have_value("")  # the draft is not kept once it is sent
    assert bobs.evaluate(SAME_PAGE)
    alices.reload()
    expect(alices.get_by_text("The figure on page 4 has no units.")).to_be_visible()
    expect(alices.locator("#unread")).to_have_text("2 unread")  # the to-do, and the feedback
    assert alices.complaints + bobs.complaints == []


def test_a_meeting_is_planned_recorded_and_confirmed_by_both(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, place: str
) -> None:
    page = open_as(alice, f"{place}/meetings")
    page.get_by_role("link", name="Plan a meeting").click()
    page.get_by_label("Title").fill("Outline of chapter two")
    page.get_by_label("Starts at").fill((now() - dt.timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Plan the meeting").click()
    page.get_by_role("link", name="Write the record").click()
    page.get_by_label("Notes").fill("We agreed on four sections.")
    page.get_by_label("What").first.fill("Draft section one")
    page.get_by_label("Who", exact=True).first.select_option(label="Alice Author")

    page.get_by_role("button", name="Save the record").click()

    expect(page.get_by_role("link", name="Draft section one")).to_be_visible()
    meeting = page.url
    for person, count in ((alice, 1), (bob, 2)):
        theirs = open_as(person, meeting)
        theirs.get_by_role("button", name="Confirm the record").click()
        expect(theirs.locator("#confirmations .confirmed")).to_have_count(count)
    expect(theirs.locator("#meeting-state")).to_have_text("Record confirmed")
    page.goto(f"{place}/todos")
    expect(page.get_by_role("link", name="Draft section one")).to_be_visible()


def test_a_file_gets_a_second_version_and_is_seen_in_place(
    open_as: Opener, alice: Person, place: str, tmp_path: Path
) -> None:
    page = open_as(alice, f"{place}/files")
    page.locator("input[type=file]").set_input_files(pdf(tmp_path, "draft.pdf"))
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="draft", exact=True).or_(page.get_by_role("link", name="draft.pdf")).first.click()
    page.wait_for_load_state("networkidle")

    page.locator("input[type=file]").set_input_files(pdf(tmp_path, "draft-2.pdf", "second"))
    page.get_by_label("What changed").fill("Chapters 1 to 4")
    page.get_by_role("button", name="Upload").click()

    expect(page.get_by_text("version 2").first).to_be_visible()
    expect(page.get_by_text("Chapters 1 to 4")).to_be_visible()
    frame = page.locator("iframe.preview-page")
    answer = page.request.get(str(frame.get_attribute("src")).split("#")[0])
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert [text for text in page.complaints if "Content Security" in text] == []


def test_a_preview_that_loads_leaves_the_focus_with_who_is_typing(
    open_as: Opener, alice: Person, place: str, tmp_path: Path
) -> None:
    page = open_as(alice, f"{place}/files")
    page.locator("input[type=file]").set_input_files(pdf(tmp_path, "draft.pdf"))
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("link", name="draft", exact=True).first.click()
    page.wait_for_url("**/files/1")

    page.goto(page.url, wait_until="commit")
    page.get_by_label("What changed").focus()

    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    expect(page.get_by_label("What changed")).to_be_focused()


def test_in_a_frozen_workspace_every_control_says_so(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, place: str
) -> None:
    for n in range(2):
        post_update(workspace, kind="progress", text=f"Week {n}", by=alice)
    add_todo(workspace, title="Read", by=bob, assignee=alice)
    add_goal(workspace, kind="objective", title="Measure", by=alice)
    add_milestone(workspace, title="Review", due_on=today(), by=bob)
    plan_meeting(workspace, title="Talk", starts_at=now() + dt.timedelta(days=1), attendees=[alice, bob], by=bob)
    bobs = open_as(bob, place)
    bobs.locator(".ws-top summary").click()
    bobs.get_by_label("Why (everybody here reads it)").fill("The semester is over")

    bobs.get_by_role("button", name="Freeze").click()

    expect(bobs.locator("#frozen")).to_contain_text("Frozen by Bob Boss")
    alices = open_as(alice, place)
    for tab in (
        "",
        "/updates",
        "/todos",
        "/todos/1",
        "/goals",
        "/milestones",
        "/meetings",
        "/meetings/1",
        "/files",
        "/people",
    ):
        alices.goto(place + tab)
        expect(alices.locator("#frozen")).to_contain_text("The semester is over")
        assert writable(alices) == [], tab
        seen.is_sound(alices)
    alices.goto(f"{place}/updates")
    expect(alices.get_by_text("Unfreeze it to change anything in it").first).to_be_visible()
    bobs.get_by_role("button", name="Unfreeze").click()
    expect(bobs.locator("#frozen")).to_have_count(0)


def writable(page: Page) -> list[str]:
    """Forms and links below the head of the page that would change something here; what one hears of is one's own."""
    return page.evaluate(
        """() => [...document.querySelectorAll('main form[method=post]:not([action$="/mute"])')].map(form => form.getAttribute('action'))
        .concat([...document.querySelectorAll('main a[href$="/edit"], main a[href$="/new"], main a[href$="/links"], main a[href$="/record"]')].map(a => a.href))"""
    )


def test_a_thesis_is_handed_in_and_graded(
    open_as: Opener, alice: Person, bob: Person, thesis: Any, place: str, tmp_path: Path
) -> None:
    page = open_as(alice, f"{place}/files")
    page.locator("input[type=file]").set_input_files(pdf(tmp_path, "thesis.pdf"))
    page.get_by_role("button", name="Upload").click()
    page.goto(f"{place}/hand-in")
    page.get_by_label("I sign this declaration").check()

    page.get_by_role("button", name="Hand in the thesis").click()

    expect(page.locator("#submissions")).to_contain_text("SHA-256")
    bobs = open_as(bob, f"{place}/hand-in")
    bobs.get_by_text("Record the outcome").first.click()
    bobs.get_by_label("Passed").check()
    bobs.get_by_role("button", name="Record the outcome").click()
    expect(bobs.locator("#grade dd").first).to_have_text("Passed")
    bobs.get_by_text("Record the final grade").first.click()
    bobs.locator("#grade").get_by_label("Final grade").fill("28")
    bobs.locator("#grade").get_by_label("Out of").fill("30")
    bobs.get_by_role("button", name="Record the grade").click()
    expect(bobs.locator("#grade")).to_contain_text("28")
    page.reload()
    expect(page.locator("#grade")).to_contain_text("28")
