"""What does not work out says so, keeps what was typed, and is as sound as the rest."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from superviseme.accounts.models import Person
from superviseme.workspaces.todos.actions import add_todo

from . import seen
from .conftest import Opener

SUBMIT = "document.querySelector('main form[data-once]').submit()"  # past what the browser itself would refuse


@pytest.fixture
def todo(transactional_db: None, workspace: Any, alice: Person) -> Any:
    return add_todo(workspace, title="Read Müller", by=alice, assignee=alice)


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
@pytest.mark.parametrize(("address", "words"), [("/w/999999", "404"), ("/admin/users", "403"), ("/nowhere", "404")])
def test_a_page_that_is_not_for_you_says_so(
    open_as: Opener, alice: Person, address: str, words: str, size: str, theme: str
) -> None:
    page = open_as(alice, address, size=size, theme=theme)

    expect(page.locator("main")).to_contain_text(words)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    seen.is_sound(page)


def test_an_empty_form_comes_back_with_its_errors(
    open_as: Opener, alice: Person, workspace: Any, transactional_db: None
) -> None:
    page = open_as(alice, f"/w/{workspace.pk}/meetings/new")
    page.get_by_role("textbox", name="Place").fill("Room 7")

    with page.expect_navigation():
        page.evaluate(SUBMIT)

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("textbox", name="Place")).to_have_value("Room 7")
    page.get_by_role("alert").get_by_role("link", name="Title").click()
    expect(page.get_by_label("Title")).to_be_focused()
    seen.is_sound(page)


def test_two_who_edit_at_once_keep_both_texts(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, todo: Any
) -> None:
    alices, bobs = (open_as(person, f"/w/{workspace.pk}/todos/1/edit") for person in (alice, bob))
    save(alices, "Read Müller and Rossi")
    expect(alices.get_by_role("heading", name="Read Müller and Rossi")).to_be_visible()

    save(bobs, "Read Müller twice")

    expect(bobs.locator("main")).to_contain_text("Read Müller and Rossi")
    expect(bobs.get_by_label("Title")).to_have_value("Read Müller twice")
    seen.is_sound(bobs)
    save(bobs, "Read both twice")
    expect(bobs.get_by_role("heading", name="Read both twice")).to_be_visible()


def save(page: Page, title: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Save").click()


def test_what_was_taken_away_meanwhile_is_told_without_a_new_page(
    open_as: Opener, alice: Person, bob: Person, workspace: Any, todo: Any
) -> None:
    page = open_as(alice, f"/w/{workspace.pk}/todos")
    others = open_as(bob, f"/w/{workspace.pk}")
    others.locator(".ws-top summary").click()
    others.get_by_role("button", name="Freeze").click()
    expect(others.locator("#frozen")).to_be_visible()

    page.get_by_role("button", name="Complete «Read Müller»").click()

    expect(page.get_by_text("frozen").first).to_be_visible()
    expect(page.get_by_role("link", name="Read Müller")).to_be_visible()
