"""Around the workspace: projects, search, notices, and a keyboard alone."""

from typing import Any

from playwright.sync_api import expect

from superviseme.accounts.models import Person
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import post_update

from . import seen
from .conftest import Opener


def test_a_project_is_made_and_its_collaborator_sees_it(
    open_as: Opener, rita: Person, carol: Person, transactional_db: None
) -> None:
    page = open_as(rita, "/projects/new")
    page.get_by_label("Title").fill("Rivers of the Alps")
    page.get_by_label("Description").fill("Five rivers, two years.")
    page.get_by_role("button", name="Create project").click()
    page.get_by_role("link", name="People", exact=True).click()
    page.get_by_label("E-mail").fill("carol@example.org")
    page.locator("#add").get_by_label("Label").fill("co-investigator")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("co-investigator").first).to_be_visible()

    carols = open_as(carol, "/projects", size="phone")

    carols.get_by_role("link", name="Rivers of the Alps").click()
    expect(carols.get_by_role("heading", name="Rivers of the Alps", level=1)).to_be_visible()
    expect(carols.get_by_text("Five rivers, two years.")).to_be_visible()
    seen.is_sound(carols)


def test_the_search_finds_what_one_may_see(
    open_as: Opener, alice: Person, bob: Person, mallory: Person, workspace: Any, transactional_db: None
) -> None:
    post_update(workspace, kind="progress", text="The anemometer is calibrated.", by=alice)
    page = open_as(bob, "/supervisor/dashboard")
    page.keyboard.press("/")
    page.keyboard.type("anemom")
    page.keyboard.press("Enter")
    expect(page.locator("main .row-item")).to_have_count(1)
    seen.is_sound(page)

    theirs = open_as(mallory, "/search?q=anemometer")

    expect(theirs.get_by_text("Nothing found for «anemometer»")).to_be_visible()


def test_notices_are_read_one_by_one_and_all_at_once(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, transactional_db: None
) -> None:
    for n in range(3):
        add_todo(workspace, title=f"Step {n}", by=bob, assignee=alice)
    page = open_as(alice, "/notifications")
    page.evaluate("window.samePage = true")
    expect(page.locator("#unread")).to_have_text("3 unread")

    page.get_by_role("button", name="Mark as read").first.click()
    expect(page.locator("#unread")).to_have_text("2 unread")
    assert page.evaluate("window.samePage === true")
    page.get_by_role("button", name="Mark all as read").click()

    expect(page.locator("#unread")).to_be_hidden()
    page.get_by_role("button", name="Step 1").click()
    expect(page.get_by_role("heading", name="Step 1", level=2)).to_be_visible()


def test_the_bell_counts_while_a_page_stays_open_and_opens_the_newest(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, transactional_db: None
) -> None:
    page = open_as(alice, "/student/dashboard")
    add_todo(workspace, title="Calibrate <b>", by=bob, assignee=alice)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as after half a minute
    expect(page.locator("#unread")).to_have_text("1 unread")

    page.locator("a.bell").click()
    panel = page.locator("#bell-panel")
    expect(panel).to_contain_text("Bob Boss assigned you the to-do «Calibrate <b>»")
    seen.is_sound(page)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    page.locator("a.bell").click()
    panel.get_by_role("button", name="Calibrate").click()

    expect(page.get_by_role("heading", name="Calibrate", level=2)).to_be_visible()
    expect(page.locator("#unread")).to_be_hidden()


def test_the_door_to_the_notices_on_a_phone_counts_like_the_bell(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, transactional_db: None
) -> None:
    page = open_as(alice, "/notifications", size="phone")
    door = page.locator("[data-unread]")
    expect(door).to_be_hidden()
    add_todo(workspace, title="Calibrate", by=bob, assignee=alice)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(door).to_have_text("1 unread")
    expect(door).to_be_visible()

    page.reload()
    page.get_by_role("button", name="Mark as read").click()
    expect(page.locator("#unread")).to_be_hidden()
    expect(door).to_be_hidden()


def test_an_update_is_posted_with_the_keyboard_alone(
    open_as: Opener, alice: Person, workspace: Any, transactional_db: None
) -> None:
    page = open_as(alice, f"/w/{workspace.pk}/updates")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    reach(page, "textarea")
    page.keyboard.type("Written without a mouse / with a slash")
    reach(page, "button[type=submit]")
    page.keyboard.press("Enter")

    expect(page.locator("#updates").get_by_text("Written without a mouse / with a slash")).to_be_visible()


def reach(page: Any, what: str) -> None:
    """Press Tab until the focus is on such an element of the content."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(`main ${what}`)", what):
            return
    raise AssertionError(f"Tab does not come to {what}")
