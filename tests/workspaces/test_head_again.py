"""A click that changes how many there are brings the numbers on the tabs and the next deadline along."""

import datetime as dt
import re
from typing import Any

import pytest

from superviseme.web.time import today
from superviseme.workspaces.files.actions import add_link
from superviseme.workspaces.goals.actions import add_goal
from superviseme.workspaces.milestones.actions import add_milestone
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import post_update


@pytest.fixture
def click(as_: Any, alice: Any, workspace: Any) -> Any:
    """`click("todos/1/completion")` is what a page with script is answered."""
    browser = as_(alice)

    def clicked(noun: str, **data: Any) -> str:
        answer = browser.post(f"/w/{workspace.pk}/{noun}", data, headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    return clicked


def on_tab(html: str, key: str) -> list[str]:
    return re.findall(rf'<span class="count" id="tab-count-{key}" hx-swap-oob="true">(\d*)</span>', html)


@pytest.mark.parametrize(
    ("noun", "data", "key"),
    [
        ("todos", {"title": "Read"}, "todos"),
        ("goals", {"title": "Why", "kind": "objective"}, "goals"),
        ("milestones", {"title": "Draft", "due_on": "2031-01-01"}, "milestones"),
        ("updates", {"kind": "progress", "text": "Done"}, "updates"),
    ],
)
def test_adding_counts_one_more(click: Any, noun: str, data: dict[str, str], key: str) -> None:
    assert on_tab(click(noun, **data), key) == ["1"]


def test_ticking_deleting_and_reopening_count(click: Any, workspace: Any, alice: Any) -> None:
    add_todo(workspace, title="Read", by=alice)

    ticked, opened, gone = (click(f"todos/1/{noun}") for noun in ("completion", "reopening", "deletion"))

    assert (on_tab(ticked, "todos"), on_tab(opened, "todos"), on_tab(gone, "todos")) == ([""], ["1"], [""])


def test_every_kind_of_thing_that_is_deleted_is_counted(click: Any, workspace: Any, alice: Any) -> None:
    update = post_update(workspace, kind="progress", text="x", by=alice)
    add_goal(workspace, kind="objective", title="x", by=alice)
    add_milestone(workspace, title="x", due_on=today(), by=alice)
    add_link(workspace, title="x", url="https://example.org/", by=alice)

    nouns = {"updates": update.pk, "goals": 1, "milestones": 1, "files": 1}

    assert [on_tab(click(f"{noun}/{n}/deletion"), noun) for noun, n in nouns.items()] == [[""]] * 4


def test_the_next_deadline_follows_a_tick(click: Any, workspace: Any, alice: Any) -> None:
    for number, title in enumerate(["Outline", "Draft"]):
        add_milestone(workspace, title=title, due_on=today() + dt.timedelta(days=5 + number), by=alice)

    head = click("milestones/1/completion").split('id="next-deadline" hx-swap-oob="true"')[1]

    assert ("Outline" in head, "Draft" in head) == (False, True)


def test_the_page_has_the_places_for_the_numbers(as_: Any, alice: Any, workspace: Any) -> None:
    page = as_(alice).get(f"/w/{workspace.pk}/todos").content.decode()

    places = re.findall(r'id="(tab-count-\w+|next-deadline)"', page)

    assert sorted(places) == ["next-deadline"] + [
        f"tab-count-{key}" for key in ("files", "goals", "meetings", "milestones", "todos", "updates")
    ]
