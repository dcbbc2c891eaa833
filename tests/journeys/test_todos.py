"""To-dos, goals and milestones in a browser: with script by clicks and dragging, and without it."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from superviseme.workspaces.models import Todo
from superviseme.workspaces.todos import actions as todos

from . import seen
from .conftest import Opener


@pytest.fixture
def place(workspace: Any, alice: Any) -> str:
    todos.add_todo(workspace, title="Read ten papers", by=alice, assignee=alice)
    return f"/w/{workspace.pk}/todos"


def card(page: Page) -> Locator:
    return page.locator(".board-card", has_text="Read ten papers")


def drag(page: Page, what: Locator, onto: Locator) -> None:
    start, end = what.bounding_box(), onto.bounding_box()
    assert start and end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + 6)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 20, steps=12)
    page.mouse.move(end["x"] + 64, end["y"] + 40, steps=6)
    page.mouse.up()


def test_a_todo_is_written_ticked_and_taken_back_without_leaving_the_list(
    open_as: Opener, place: str, alice: Any
) -> None:
    page = open_as(alice, place)
    page.get_by_label("What is to be done?").fill("Send the outline")
    page.get_by_role("button", name="Add to-do").click()
    expect(page.get_by_label("What is to be done?")).to_be_focused()
    page.get_by_role("button", name="Complete «Send the outline»").click()
    expect(page.get_by_text("Completed «Send the outline».")).to_be_visible()
    page.get_by_role("button", name="Reopen «Send the outline»").click()
    expect(page.get_by_role("button", name="Complete «Send the outline»")).to_be_visible()
    seen.is_sound(page)


def test_a_card_is_dragged_from_column_to_column(open_as: Opener, place: str, alice: Any) -> None:
    page = open_as(alice, f"{place}?view=board")
    for state, button in [("doing", "Put back"), ("done", "Reopen")]:
        drag(page, card(page), page.locator(f'[data-board-list="{state}"]'))
        expect(page.locator(f'[data-board-list="{state}"]').get_by_role("button", name=button)).to_be_visible()
        assert Todo.objects.get().state == state
    seen.is_sound(page)


def test_the_board_works_by_its_buttons_without_script(open_as: Opener, place: str, alice: Any) -> None:
    page = open_as(alice, f"{place}?view=board", script=False)
    card(page).get_by_role("button", name="Begin").click()
    expect(page.locator('[data-board-list="doing"]')).to_contain_text("Read ten papers")
    card(page).get_by_role("button", name="Done").click()
    expect(page.locator('[data-board-list="done"]')).to_contain_text("Read ten papers")


def test_a_todo_is_offered_while_typing_its_name(open_as: Opener, place: str, alice: Any) -> None:
    page = open_as(alice, place.replace("todos", "updates"))
    page.locator("#composer textarea").press_sequentially("Half of @todo:pap")
    page.get_by_role("option", name="Read ten papers").click()
    expect(page.locator("#composer textarea")).to_have_value("Half of @todo:1 ")
    page.get_by_role("button", name="Post update").click()
    page.get_by_role("link", name="#1 Read ten papers").click()
    expect(page.get_by_role("heading", name="Where it is mentioned")).to_be_visible()
    expect(page.locator("#mentions")).to_contain_text("Half of #1")
    seen.is_sound(page)


def test_a_milestone_is_added_and_ticked_and_the_line_moves(open_as: Opener, workspace: Any, alice: Any) -> None:
    page = open_as(alice, f"/w/{workspace.pk}/milestones")
    page.get_by_label("What is to be reached?").fill("First draft")
    page.get_by_label("By when?").fill("2027-03-01")
    page.get_by_role("button", name="Add milestone").click()
    page.locator("#milestone-1").get_by_role("button", name="Reached").click()
    expect(page.get_by_text("1 of 1 milestones reached")).to_be_visible()
    seen.is_sound(page)


def test_a_goal_is_frozen_by_the_supervisor_and_the_author_reads_why(
    open_as: Opener, workspace: Any, alice: Any, bob: Any
) -> None:
    page = open_as(alice, f"/w/{workspace.pk}/goals")
    page.get_by_text("New goal").click()
    page.get_by_label("Title").fill("Detect cracks")
    page.get_by_role("button", name="Add goal").click()
    expect(page.locator("#goal-1")).to_contain_text("Detect cracks")
    other = open_as(bob, f"/w/{workspace.pk}/goals")
    other.locator("#goal-1 summary").click()
    other.locator("#goal-1").get_by_role("button", name="Freeze").click()
    expect(other.locator("#goal-1")).to_contain_text("Frozen by Bob Boss")
    page.reload()
    page.get_by_role("button", name="Edit").hover()
    expect(page.get_by_text("This goal is frozen. Your supervisor can unfreeze it.")).to_be_visible()
    seen.is_sound(page)
