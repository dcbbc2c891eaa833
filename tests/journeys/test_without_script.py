"""The same house with the lights of JavaScript out."""

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from superviseme.accounts.models import Person
from superviseme.theses.topics.actions import create_topic
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import post_update

from .conftest import Opener, give_password, pdf, sign_in


def test_a_student_works_a_day_without_script(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, transactional_db: None, tmp_path: Path
) -> None:
    give_password(alice)
    place = f"/w/{workspace.pk}"
    add_todo(workspace, title="Read", by=bob, assignee=alice)
    update = post_update(workspace, kind="question", text="Which bridge?", by=bob)
    page = open_as(None, f"{place}/updates", script=False)
    sign_in(page, alice)
    expect(page).to_have_url(f"{page.url.split('/w/')[0]}{place}/updates")

    page.get_by_label("Text").fill("The first one.")
    page.get_by_role("button", name="Post update").click()
    expect(page.locator("#updates").get_by_text("The first one.")).to_be_visible()

    card = page.locator(f"#update-{update.pk}")
    card.get_by_text("Answer", exact=True).click()
    card.get_by_label("Your answer").fill("The second is too small.")
    card.get_by_role("button", name="Comment").click()
    expect(page.get_by_text("The second is too small.")).to_be_visible()

    page.goto(f"{place}/todos")
    page.get_by_role("button", name="Complete «Read»").click()
    expect(page.get_by_text("Everything is done")).to_be_visible()

    page.goto(f"{place}/files")
    page.locator("input[type=file]").set_input_files(pdf(tmp_path, "draft.pdf"))
    page.get_by_role("button", name="Upload").click()
    expect(page.locator("#files").get_by_role("link").first).to_be_visible()

    page.locator(".person-menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    page.goto(place)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_topic_is_asked_for_without_script(
    open_as: Opener, mallory: Person, bob: Person, transactional_db: None
) -> None:
    facts = {"area": "", "level": "master", "capacity": 1, "summary": "Wind."}
    topic = create_topic(by=bob, supervisors=[bob], publish=True, title="Bridges", description="Measure.", **facts)
    page = open_as(mallory, topic.get_absolute_url(), size="phone", script=False)

    page.get_by_label("message").fill("May I?")
    page.get_by_role("button", name="Ask for this topic").click()

    expect(page.locator("#interest")).to_contain_text("The supervisors have been told")
