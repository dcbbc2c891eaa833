"""To-dos on their pages: list, board, the page of one, completion while typing, the desks."""

import datetime as dt
import re

import pytest

from superviseme.web.time import today
from superviseme.workspaces.models import Todo
from superviseme.workspaces.todos import actions
from superviseme.workspaces.updates import actions as updates

HTMX = {"HX-Request": "true"}


@pytest.fixture
def todo(workspace, alice):
    return actions.add_todo(workspace, title="Read ten papers", by=alice)


def address(todo, noun=""):
    return f"/w/{todo.workspace_id}/todos/{todo.number}" + (f"/{noun}" if noun else "")


def rows(answer):
    """The titles on a page of rows or cards, in order."""
    return re.findall(r'class="row-title"><a [^>]*>([^<]*)</a>', answer.text)


def column(answer, state):
    part = answer.text.split(f'data-board-list="{state}"')[1].split("data-board-list")[0]
    return re.findall(r'class="row-title"><a [^>]*>([^<]*)</a>', part)


def older(answer):
    """The cursor of the next page."""
    found = re.search(r'rel="next" href="[^"]*after=([^"&]+)', answer.text)
    return found[1] if found else ""


def in_days(n):
    return today() + dt.timedelta(days=n)


def test_the_list_is_grouped_by_day(as_, workspace, alice):
    for title, due_on in [("late", in_days(-2)), ("now", in_days(0)), ("far", in_days(30)), ("dateless", None)]:
        actions.add_todo(workspace, title=title, by=alice, due_on=due_on)
    page = as_(alice).get(f"/w/{workspace.pk}/todos").text
    order = [
        page.index(words)
        for words in ("Overdue", ">late<", "This week", ">now<", "Later", ">far<", "No date", ">dateless<")
    ]
    assert order == sorted(order)
    assert "2 days overdue" in page
    assert re.findall(r'class="group[^>]*>([^<]*) <span class="count">(\d+)', page) == [
        ("Overdue", "1"),
        ("This week", "1"),
        ("Later", "1"),
        ("No date", "1"),
    ]


def test_what_is_done_is_folded_and_can_be_paged(as_, workspace, alice):
    for n in range(30):
        actions.move_todo(actions.add_todo(workspace, title=f"Done {n}", by=alice), to="done", by=alice)
    browser = as_(alice)
    assert "All 30 that are done" in browser.get(f"/w/{workspace.pk}/todos").text
    first = browser.get(f"/w/{workspace.pk}/todos?state=done")
    second = browser.get(f"/w/{workspace.pk}/todos?state=done&after={older(first)}")
    assert rows(first) + rows(second) == [f"Done {n}" for n in range(29, -1, -1)]
    assert older(second) == ""


def test_twenty_five_open_ones_a_page_in_one_order(as_, workspace, alice):
    days = [None, in_days(-1), in_days(3), in_days(60)]
    for n in range(60):
        actions.add_todo(workspace, title=f"Step {n}", by=alice, due_on=days[n % 4], priority=1 + n % 3)
    seen, after = [], ""
    while True:
        answer = as_(alice).get(f"/w/{workspace.pk}/todos?after={after}")
        seen += rows(answer)
        after = older(answer)
        if not after:
            break
    by_day = sorted(Todo.objects.all(), key=lambda t: (t.due_on or dt.date.max, t.priority, t.number))
    assert seen == [todo.title for todo in by_day]


@pytest.mark.parametrize("after", ["nonsense", "WzEsMiwzXQ", "W251bGwsMSwxXQ", "WyJub3QgYSBkYXkiLCAxLCAxXQ", "🎓"])
def test_an_unknown_cursor_is_the_first_page(as_, workspace, todo, alice, after):
    answer = as_(alice).get(f"/w/{workspace.pk}/todos", {"after": after})
    assert (answer.status_code, rows(answer)) == (200, ["Read ten papers"])


def test_filters_stand_in_the_address(as_, workspace, alice, bob):
    for title, who in [("mine", alice), ("his", bob), ("free", None)]:
        actions.add_todo(workspace, title=title, by=alice, assignee=who)
    actions.move_todo(Todo.objects.get(title="his"), to="doing", by=bob)

    def titles(query):
        return rows(as_(alice).get(f"/w/{workspace.pk}/todos?{query}"))

    assert titles("assignee=me") == ["mine"]
    assert titles(f"assignee={bob.pk}") == ["his"]
    assert titles("assignee=nobody") == ["free"]
    assert titles("state=doing") == ["his"]
    assert titles("state=cancelled") == []
    assert titles("assignee=99999999999999999999&state=lost") == ["mine", "his", "free"]


def test_the_board_has_a_column_for_each_state_and_moves_by_click(as_, workspace, todo, alice):
    browser = as_(alice)
    assert column(browser.get(f"/w/{workspace.pk}/todos?view=board"), "open") == ["Read ten papers"]
    answer = browser.post(address(todo, "state") + "?view=board", {"to": "doing"}, headers=HTMX)
    assert (column(answer, "open"), column(answer, "doing")) == ([], ["Read ten papers"])
    assert 'id="board"' in answer.text and "<html" not in answer.text
    plain = browser.post(address(todo, "state") + "?view=board", {"to": "done"})
    assert plain.headers["Location"] == f"/w/{workspace.pk}/todos?view=board"


def test_the_page_of_a_todo_links_what_mentions_it(as_, workspace, todo, alice, bob):
    update = updates.post_update(workspace, kind="progress", text="Half of @todo:1 is read", by=alice)
    comment = updates.comment_on(update, text="When will #todo-1 be finished?", by=bob)
    hidden = updates.post_update(workspace, kind="progress", text="Forget @todo:1", by=alice)
    updates.delete_update(hidden, by=alice)
    page = as_(alice).get(address(todo)).text.split('id="mentions"')[1]
    links = [thing.get_absolute_url() for thing in (comment, update)]
    assert re.findall(rf'href="({links[1]}[^"]*)"', page) == links
    assert hidden.get_absolute_url() + '"' not in page


def test_the_description_links_other_todos(as_, workspace, todo, alice):
    actions.add_todo(workspace, title="Second", description="after @todo:1", by=alice)
    assert 'class="todo-ref" href="' + address(todo) in as_(alice).get(f"/w/{workspace.pk}/todos/2").text


def test_completion_offers_words_that_start_so_before_those_that_only_hold_it(as_, workspace, alice):
    for title in ("Rework the figures", "Read aloud", "Figure the area", "More tests"):
        actions.add_todo(workspace, by=alice, title=title)
    offered = as_(alice).get(f"/w/{workspace.pk}/todos/completions", {"q": "re"}).json()
    assert [one["title"] for one in offered] == ["Read aloud", "Rework the figures", "More tests", "Figure the area"]


def test_completion_finds_by_number_and_by_words_in_this_workspace_only(as_, workspace, project, alice, rita):
    for n in range(12):
        actions.add_todo(workspace, title=f"Step {chr(97 + n)}", by=alice)
    actions.add_todo(project.workspace, title="Step of Rita", by=rita)

    def ask(q):
        return as_(alice).get(f"/w/{workspace.pk}/todos/completions", {"q": q}).json()

    assert ask("step-c") == [{"number": 3, "title": "Step c", "text": "@todo:3"}]
    assert [t["number"] for t in ask("1")] == [1, 12, 11, 10]
    assert len(ask("")) == 8
    assert ask("Rita") == ask("%_\\") == []


@pytest.mark.parametrize("view", ["", "?view=board", "?state=done", "/1", "/1/edit"])
@pytest.mark.parametrize("many", [1, 3, 20])
def test_the_number_of_queries_does_not_grow(as_, workspace, alice, bob, django_assert_num_queries, view, many):
    for n in range(many):
        todo = actions.add_todo(workspace, title=f"Step {n}", by=alice, assignee=bob, due_on=in_days(n - 3))
        done = actions.add_todo(workspace, title=f"Done {n}", by=alice, assignee=alice)
        actions.move_todo(done, to="done", by=alice)
        updates.post_update(workspace, kind="progress", text=f"About @todo:1 and @todo:{todo.number}", by=alice)
    browser = as_(alice)
    with django_assert_num_queries(QUERIES[view]):
        assert browser.get(f"/w/{workspace.pk}/todos{view}").status_code == 200


QUERIES = {"": 11, "?view=board": 12, "?state=done": 10, "/1": 10, "/1/edit": 9}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_said_of_a_new_one_leads_there_even_where_the_list_does_not_show_it(as_, workspace, alice, headers):
    browser = as_(alice)
    added = browser.post(f"/w/{workspace.pk}/todos?state=done", {"title": "Read on"}, headers=headers, follow=True)
    assert (rows(added), f'<a href="/w/{workspace.pk}/todos/1">To-do #1 added.</a>' in added.text) == ([], True)


def chips(answer):
    """{what: how many} above the list."""
    part = answer.text.split('id="todo-filters"')[1]
    return dict(re.findall(r'class="chip[^>]*>\s*(?:<span>)?([^<]*?)(?:</span>)?\s*<span class="count">(\d+)', part))


@pytest.mark.parametrize(
    ("click", "then"),
    [
        ("", {"Mine": "1", "Nobody yet": "1", "To do": "2"}),
        ("/1/completion", {"Mine": "0", "To do": "0", "Done": "1"}),
        ("/1/deletion", {"Mine": "0", "To do": "0"}),
    ],
)
def test_a_click_moves_the_numbers_on_the_chips(as_, workspace, alice, click, then):
    actions.add_todo(workspace, title="Read ten papers", by=alice, assignee=alice)
    answer = as_(alice).post(f"/w/{workspace.pk}/todos{click}?state=done", {"title": "Read on"}, headers=HTMX)
    assert {name: n for name, n in chips(answer).items() if name in then} == then
    assert ('hx-swap-oob="true"' in answer.text, "state=done" in answer.text) == (True, True)
