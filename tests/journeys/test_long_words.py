"""Words and titles of the longest kind stay within the window and leave what stands beside them readable."""

import datetime

import pytest

from superviseme.accounts.models import Person
from superviseme.theses.models import Thesis
from superviseme.workspaces.files.actions import add_link
from superviseme.workspaces.goals.actions import add_goal
from superviseme.workspaces.milestones.actions import add_milestone
from superviseme.workspaces.todos.actions import add_todo
from superviseme.workspaces.updates.actions import post_update
from tests import people

from . import seen
from .conftest import Opener

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
TITLE = f"{WORD}: precipitevolissimevolmente anticostituzionalmente {WORD} {WORD}"[:200]
DAY = datetime.date(2031, 3, 14)


@pytest.fixture
def long_thesis(transactional_db: None, alice: Person, bob: Person) -> Thesis:
    thesis = people.a_thesis(title=TITLE, author=alice, supervisor=bob)
    add_milestone(thesis.workspace, title=WORD * 2, due_on=DAY, by=bob)
    add_todo(thesis.workspace, title=WORD * 2, due_on=DAY, assignee=bob, by=bob)
    add_goal(thesis.workspace, kind="objective", title=WORD * 2, by=bob)
    post_update(thesis.workspace, kind="feedback", text=WORD * 2, tags=[WORD[:50]], by=bob)
    add_link(thesis.workspace, url=f"https://example.org/{WORD}", title=WORD * 2, by=bob)
    return thesis


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_the_longest_words_make_no_page_wider_than_the_window(
    open_as: Opener, bob: Person, long_thesis: Thesis, size: str, theme: str
) -> None:
    room = f"/w/{long_thesis.workspace_id}"
    addresses = ["/supervisor/dashboard", "/supervisor/students", "/supervisor/theses", room, f"{room}/milestones"]
    page = open_as(bob, "/", size=size, theme=theme)

    wider = {address: page.goto(address) and page.evaluate(seen.WIDER) for address in addresses}

    assert wider == dict.fromkeys(addresses, 0)


def test_a_name_beside_long_words_is_not_broken_into_letters(open_as: Opener, bob: Person, long_thesis: Thesis) -> None:
    page = open_as(bob, "/supervisor/students")

    name = page.locator("th .person-name")

    assert name.inner_text() == "Alice Author"
    assert name.evaluate("name => name.getBoundingClientRect().height / 24") <= 2


def test_every_tab_of_a_thesis_is_seen_on_a_desk(open_as: Opener, bob: Person, long_thesis: Thesis) -> None:
    page = open_as(bob, f"/w/{long_thesis.workspace_id}")

    hidden = page.locator(".tabs ul").evaluate("strip => strip.scrollWidth - strip.clientWidth")

    assert hidden == 0
