"""The page of what is deleted: who finds what there, until when, and the way back."""

import re
from datetime import timedelta
from typing import Any

import pytest

from superviseme.web.time import now
from superviseme.workspaces.goals.actions import add_goal, delete_goal
from superviseme.workspaces.models import Todo
from superviseme.workspaces.room.actions import freeze_workspace
from superviseme.workspaces.todos.actions import add_todo, delete_todo
from superviseme.workspaces.updates.actions import comment_on, delete_comment, delete_update, post_update


@pytest.fixture
def lost(workspace: Any, alice: Any, bob: Any) -> None:
    todo, goal = add_todo(workspace, title="Read", by=alice), add_goal(workspace, kind="objective", title="Why", by=bob)
    update = post_update(workspace, kind="progress", text="Done with @todo:1", by=alice)
    comment = comment_on(update, text="Well", by=bob)
    for delete, thing in [(delete_todo, todo), (delete_goal, goal), (delete_comment, comment), (delete_update, update)]:
        delete(thing, by=bob)


def titles(page: Any) -> list[str]:
    return re.findall(r'row-title">([^<]+)<', page.content.decode())


def test_supervisors_and_administrators_find_everything_others_what_they_made(
    as_: Any, workspace: Any, lost: None, alice: Any, bob: Any, carol: Any, ada: Any
) -> None:
    """A comment comes back with its update."""
    found = [titles(as_(who).get(f"/w/{workspace.pk}/deleted")) for who in (bob, ada, alice, carol)]

    everything = ["Done with #1", "Why", "Read"]
    assert found == [everything, everything, ["Done with #1", "Read"], []]


def test_it_says_until_when_and_restores(as_: Any, workspace: Any, lost: None, alice: Any) -> None:
    browser = as_(alice)
    page = browser.get(f"/w/{workspace.pk}/deleted").content.decode()

    answer = browser.post(f"/w/{workspace.pk}/todos/1/restoration")

    assert page.count("restorable until") == 2
    assert f'action="/w/{workspace.pk}/todos/1/restoration"' in page
    assert (answer.status_code, titles(browser.get(f"/w/{workspace.pk}/deleted"))) == (302, ["Done with #1"])


def test_below_a_frozen_workspace_the_way_back_says_why_it_is_closed(
    as_: Any, workspace: Any, lost: None, alice: Any, bob: Any
) -> None:
    freeze_workspace(workspace, by=bob)

    page = as_(alice).get(f"/w/{workspace.pk}/deleted").content.decode()

    assert ("restoration" in page, "This workspace is frozen" in page) == (False, True)


def test_it_is_paged_without_losing_or_repeating_what_went_at_once(as_: Any, workspace: Any, bob: Any) -> None:
    gone = {"deleted_at": now() - timedelta(days=1), "deleted_by": bob, "workspace": workspace, "created_by": bob}
    Todo.objects.bulk_create(Todo(number=n, title=f"To-do {n:02}", **gone) for n in range(1, 31))
    browser = as_(bob)

    first = browser.get(f"/w/{workspace.pk}/deleted")
    older = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert older
    second = browser.get(f"/w/{workspace.pk}/deleted{older[1].replace('&amp;', '&')}")

    assert len(titles(first)) == 25
    assert sorted(titles(first) + titles(second)) == [f"To-do {n:02}" for n in range(1, 31)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_number_of_questions(
    as_: Any, workspace: Any, bob: Any, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        delete_todo(add_todo(workspace, title=f"To-do {number}", by=bob), by=bob)
    browser = as_(bob)
    browser.get("/profile")

    with django_assert_num_queries(9):
        browser.get(f"/w/{workspace.pk}/deleted")


@pytest.mark.parametrize("after", ["nonsense", "WyJ4IiwgInkiLCAxXQ", "W10"])
def test_an_unknown_cursor_is_the_first_page(as_: Any, workspace: Any, lost: None, bob: Any, after: str) -> None:
    assert len(titles(as_(bob).get(f"/w/{workspace.pk}/deleted?after={after}"))) == 3
