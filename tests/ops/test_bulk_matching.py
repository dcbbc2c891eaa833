"""Everything that a list holds, on all its pages, is changed at once: so many at a time, and it says how many are left."""

import pytest

from superviseme.ops.bulk import views
from superviseme.theses.states import State
from superviseme.workspaces.models import Workspace
from tests import people


@pytest.fixture
def many(alice, bob, eve):
    """Thirty that go on, of two supervisors, and two that are over."""
    for n in range(30):
        people.a_thesis(title=f"No. {n}", state=State.WRITING, author=alice, supervisor=bob if n % 2 else eve)
    for n in range(2):
        people.a_thesis(title=f"Over {n}", state=State.COMPLETED, author=alice, supervisor=bob)


def frozen():
    return Workspace.objects.exclude(frozen_at=None).count()


def send(browser, act, here="/admin/theses", **more):
    return browser.post("/admin/theses/batch", {"act": act, "matching": "1", "next": here, **more}, follow=True).text


def test_all_that_match_are_archived_and_opened_again(as_, ada, many):
    browser = as_(ada)
    assert "32 changed." in send(browser, "archive")
    assert (frozen(), "32 changed." in send(browser, "unarchive", "/admin/theses?which=frozen"), frozen()) == (
        32,
        True,
        0,
    )


@pytest.mark.parametrize(
    "query, count",
    [("which=ended", 2), ("state=writing", 30), ("q=over", 2), ("supervisor={bob}", 17), ("which=deleted", 0)],
)
def test_the_filter_of_the_list_holds(as_, ada, bob, many, query, count):
    send(as_(ada), "archive", f"/admin/theses?{query.format(bob=bob.pk)}")
    assert frozen() == count


def test_what_is_ticked_besides_makes_no_difference(as_, ada, many):
    send(as_(ada), "archive", "/admin/theses?which=ended", chosen=Workspace.objects.get(title="No. 1").pk)
    assert frozen() == 2


def test_too_many_are_changed_in_turns_that_go_on_with_the_rest(as_, ada, many, monkeypatch):
    monkeypatch.setattr(views, "MOST", 20)
    browser = as_(ada)
    assert "12 more match; do it again for them." in send(browser, "archive")
    assert (frozen(), "12 changed." in send(browser, "archive"), frozen()) == (20, True, 32)
    assert "Nothing in this list is left to change so." in send(browser, "archive")


def test_moving_passes_over_what_is_there_already(as_, ada, many, monkeypatch):
    monkeypatch.setattr(views, "MOST", 20)
    browser = as_(ada)
    for _ in range(2):
        send(browser, "move:in_review", "/admin/theses?which=current")
    assert Workspace.objects.filter(thesis__state="in_review").count() == 30


def test_projects_are_alike(as_, ada, rita):
    for n in range(3):
        people.a_project(title=f"Project {n}", author=rita)
    as_(ada).post("/admin/projects/batch", {"act": "archive", "matching": "1", "next": "/admin/projects?q=project+1"})
    assert list(Workspace.objects.exclude(frozen_at=None).values_list("title", flat=True)) == ["Project 1"]


@pytest.mark.parametrize("rows, offered", [(25, False), (26, True)])
def test_it_is_offered_where_there_is_more_than_one_page(as_, ada, alice, bob, rows, offered):
    for n in range(rows):
        people.a_thesis(title=f"No. {n}", author=alice, supervisor=bob)
    assert ('name="matching"' in as_(ada).get("/admin/theses").text) is offered
