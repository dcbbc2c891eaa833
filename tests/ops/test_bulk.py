"""Many theses or projects at once: each by the law, what is refused is named, archiving can be undone."""

import re

import pytest

from superviseme.events.models import Event
from superviseme.theses.models import StateChange
from superviseme.theses.states import State
from superviseme.workspaces.models import Workspace
from tests import people


@pytest.fixture
def three(bob, alice, mallory, carol):
    """Two that go on and one that is over."""
    states = [(alice, State.IN_PROGRESS), (mallory, State.WRITING), (carol, State.COMPLETED)]
    return [
        people.a_thesis(title=f"No. {n}", state=s, author=a, supervisor=bob).workspace
        for n, (a, s) in enumerate(states)
    ]


def frozen():
    return set(Workspace.objects.exclude(frozen_at=None).values_list("title", flat=True))


def send(browser, act, chosen, kind="theses"):
    return browser.post(f"/admin/{kind}/batch", {"act": act, "chosen": [w.pk for w in chosen]}, follow=True)


def test_archiving_freezes_each_and_its_undo_opens_them_again(as_, ada, three):
    browser = as_(ada)
    page = send(browser, "archive", three).text
    assert frozen() == {"No. 0", "No. 1", "No. 2"}
    assert Workspace.objects.get(title="No. 0").frozen_why == "Archived"
    assert Event.objects.filter(verb="workspace.frozen").count() == 3
    undo = re.search(r'action="(/admin/batches/\d+/undo[^"]*)"', page)[1]
    assert "3 are open again" in browser.post(undo, follow=True).text
    assert frozen() == set()


def test_an_undo_pressed_twice_says_that_nothing_is_left_to_do(as_, ada, three):
    browser = as_(ada)
    undo = re.search(r'action="(/admin/batches/\d+/undo[^"]*)"', send(browser, "archive", three).text)[1]
    browser.post(undo)
    assert "Nothing was opened" in browser.post(undo, follow=True).text


def test_the_undo_leaves_alone_what_was_frozen_before_or_since(as_, ada, bob, three):
    browser = as_(ada)
    browser.post(f"/w/{three[0].pk}/freeze")
    undo = re.search(r'action="(/admin/batches/\d+/undo[^"]*)"', send(browser, "archive", three).text)[1]
    browser.post(f"/w/{three[1].pk}/unfreeze")
    as_(bob).post(f"/w/{three[1].pk}/freeze")
    browser.post(undo)
    assert frozen() == {"No. 0", "No. 1"}


@pytest.mark.parametrize("kind, query", [("theses", "?state=writing&q=No"), ("projects", "?state=active")])
def test_the_undo_leads_back_to_the_list_as_it_was_filtered(as_, ada, three, project, kind, query):
    browser, here = as_(ada), f"/admin/{kind}{query}"
    chosen = project.workspace_id if kind == "projects" else three[1].pk
    sent = {"act": "archive", "chosen": chosen, "next": here}
    page = browser.post(f"/admin/{kind}/batch", sent, follow=True).text
    undo = re.search(r'action="(/admin/batches/\d+/undo[^"]*)"', page)[1]
    assert browser.post(undo.replace("&amp;", "&"))["Location"] == here


def test_the_undo_leads_to_no_page_of_others(as_, ada, three):
    page = send(as_(ada), "archive", three).text
    undo = re.search(r'action="(/admin/batches/\d+/undo)', page)[1]
    assert as_(ada).post(f"{undo}?list=//evil.example/")["Location"] == "/admin/theses"


def test_moving_goes_where_the_table_of_states_has_a_way_and_names_the_rest(as_, ada, three):
    page = send(as_(ada), "move:writing", three).text
    assert list(Workspace.objects.order_by("title").values_list("thesis__state", flat=True)) == [
        "writing",
        "writing",
        "completed",
    ]
    assert StateChange.objects.get(target="writing").by == ada
    assert "«No. 1» stays as it is: It is there already." in page
    assert "There is no way from «Completed» to «Writing»." in page


def test_nothing_is_handed_in_for_a_student(as_, ada, three):
    send(as_(ada), "move:submitted", three)
    assert not Workspace.objects.filter(thesis__state="submitted").exists()


def test_projects_are_moved_and_archived_alike(as_, ada, project):
    browser = as_(ada)
    send(browser, "move:completed", [project.workspace], "projects")
    send(browser, "archive", [project.workspace], "projects")
    project.refresh_from_db()
    assert (project.state, frozen()) == ("completed", {project.workspace.title})
    send(browser, "unarchive", [project.workspace], "projects")
    assert frozen() == set()


@pytest.mark.parametrize(
    "sent", [{}, {"act": "archive"}, {"act": "burn", "chosen": "1"}, {"act": "move:nowhere", "chosen": "1"}]
)
def test_without_a_choice_nothing_happens_and_it_says_so(as_, ada, three, sent):
    page = as_(ada).post("/admin/theses/batch", sent, follow=True).text
    assert "Choose" in page and frozen() == set()


@pytest.mark.parametrize("number", ["abc", "-1", "99999999999999999999", "²", ""])
def test_numbers_that_are_none_choose_nothing(as_, ada, three, number):
    as_(ada).post("/admin/theses/batch", {"act": "archive", "chosen": number})
    assert frozen() == set()


def test_a_project_is_not_reached_by_the_batch_of_theses(as_, ada, project):
    send(as_(ada), "archive", [project.workspace])
    assert frozen() == set()


@pytest.mark.parametrize(
    "query, titles",
    [
        ("", ["No. 0", "No. 1", "No. 2"]),
        ("which=frozen", ["No. 2"]),
        ("which=ended", ["No. 2"]),
        ("state=writing", ["No. 1"]),
        ("q=mallory", ["No. 1"]),
        ("supervisor={bob}", ["No. 0", "No. 1", "No. 2"]),
        ("supervisor={eve}", []),
        ("supervisor=99999999999999999999", []),
        ("supervisor=x", ["No. 0", "No. 1", "No. 2"]),
    ],
)
def test_the_list_finds(as_, ada, bob, eve, three, query, titles):
    Workspace.objects.filter(pk=three[2].pk).update(frozen_at=three[2].created_at, frozen_by=bob)
    page = as_(ada).get("/admin/theses?" + query.format(bob=bob.pk, eve=eve.pk)).text
    assert sorted(re.findall(r'table-sub">(No\. \d)<', page)) == titles


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_it_holds(as_, ada, bob, alice, rows, django_assert_num_queries):
    for n in range(rows):
        people.a_thesis(title=f"T{n}", author=alice, supervisor=bob)
    browser = as_(ada)
    browser.get("/admin/theses")
    with django_assert_num_queries(6):
        browser.get("/admin/theses")
