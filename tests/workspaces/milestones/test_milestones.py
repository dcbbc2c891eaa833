"""Milestones: adding, ticking, editing, deleting; progress and next deadlines for other pages."""

import datetime as dt
import re

import pytest

from superviseme.notifications.models import Notice
from superviseme.web.time import today
from superviseme.workspaces.milestones import actions, queries
from superviseme.workspaces.models import Milestone
from superviseme.workspaces.room import actions as room

HTMX = {"HX-Request": "true"}
EVERYBODY = ["alice", "bob", "carol", "eve", "ada", "mallory"]


@pytest.fixture
def milestone(workspace, alice):
    return actions.add_milestone(workspace, title="First draft", due_on=in_days(10), by=alice)


def told(verb):
    return sorted(Notice.objects.filter(verb=verb).values_list("recipient__name", flat=True))


def address(milestone, noun=""):
    return f"/w/{milestone.workspace_id}/milestones/{milestone.number}" + (f"/{noun}" if noun else "")


def in_days(n):
    return today() + dt.timedelta(days=n)


def fields(**changed):
    return {"title": "New words", "due_on": "2027-03-01", "description": "", **changed}


@pytest.mark.parametrize(("who", "status"), list(zip(EVERYBODY, [302, 302, 302, 403, 302, 404], strict=True)))
def test_who_may_add_edit_and_tick(request, as_, workspace, milestone, who, status):
    browser = as_(request.getfixturevalue(who))
    assert browser.post(f"/w/{workspace.pk}/milestones", fields()).status_code == status
    for noun in ("edit", "completion", "reopening"):
        assert browser.post(address(milestone, noun), fields(version=1)).status_code == status


@pytest.mark.parametrize(("who", "status"), list(zip(EVERYBODY, [302, 302, 403, 403, 302, 404], strict=True)))
def test_its_creator_and_supervisors_delete_and_restore(request, as_, milestone, who, status, bob):
    browser = as_(request.getfixturevalue(who))
    assert browser.post(address(milestone, "deletion")).status_code == status
    Milestone.objects.filter(pk=milestone.pk).update(deleted_at=milestone.created_at, deleted_by=bob)
    assert browser.post(address(milestone, "restoration")).status_code == status


def test_ticking_twice_is_ticking_once(as_, milestone, alice, bob):
    assert [as_(who).post(address(milestone, "completion")).status_code for who in (bob, alice)] == [302, 302]
    milestone.refresh_from_db()
    assert (milestone.reached_by, told("milestone.reached")) == (bob, ["Alice", "Carol"])


def test_reopening_is_told_to_the_others(as_, milestone, alice):
    as_(alice).post(address(milestone, "completion"))
    as_(alice).post(address(milestone, "reopening"))
    milestone.refresh_from_db()
    assert (milestone.is_reached, told("milestone.reopened")) == (False, ["Bob", "Carol"])


def test_a_tick_by_click_renews_the_line(as_, milestone, alice):
    answer = as_(alice).post(address(milestone, "completion"), headers=HTMX)
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert "1 of 1 milestones reached" in answer.text and "All reached" in answer.text
    assert f'action="{address(milestone, "reopening")}"' in answer.text


def test_adding_by_click_brings_the_line_with_the_new_one(as_, workspace, alice):
    answer = as_(alice).post(f"/w/{workspace.pk}/milestones", fields(), headers=HTMX)
    assert 'id="milestone-list" hx-swap-oob="true"' in answer.text and 'id="milestone-1"' in answer.text
    assert answer.text.count("toast-note") == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "\x00\x0b"),
        ("title", "x" * 201),
        ("due_on", ""),
        ("due_on", "0000-00-00"),
        ("due_on", "0001-01-01"),
        ("due_on", "9999-12-31"),
        ("due_on", "10000-01-01"),
        ("due_on", "next week"),
        ("description", "x" * 1_000_000),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_meant_comes_back_filled_in(as_, workspace, alice, field, value, headers):
    typed = fields(title="Kept as typed", description="also kept") | {field: value}
    answer = as_(alice).post(f"/w/{workspace.pk}/milestones", typed, headers=headers)
    assert answer.status_code == 422
    assert ("also kept" if field == "title" else "Kept as typed") in answer.text
    assert Milestone.objects.count() == 0


def test_an_empty_edit_comes_back(as_, milestone, alice):
    assert as_(alice).post(address(milestone, "edit"), {}).status_code == 422


def test_an_edit_of_an_old_form_keeps_both_texts(as_, milestone, alice, bob):
    as_(bob).post(address(milestone, "edit"), fields(title="Words of Bob", version=1))
    answer = as_(alice).post(address(milestone, "edit"), fields(title="Words of Alice", version=1))
    assert answer.status_code == 409
    assert "Words of Bob" in answer.text and "Words of Alice" in answer.text


@pytest.mark.parametrize("n", ["0", "9", str(2**63), str(2**80)])
def test_a_number_that_does_not_exist_is_not_found(as_, milestone, alice, n):
    browser = as_(alice)
    place = f"/w/{milestone.workspace_id}/milestones/{n}"
    assert [browser.get(place).status_code, browser.post(f"{place}/completion").status_code] == [404, 404]


def test_a_double_submit_makes_one_milestone(as_, workspace, alice):
    for _ in range(2):
        as_(alice).post(f"/w/{workspace.pk}/milestones", fields())
    assert Milestone.objects.count() == 1


def test_nothing_is_written_in_a_frozen_workspace_and_the_controls_say_why(as_, milestone, alice, bob):
    room.freeze_workspace(milestone.workspace, by=bob)
    browser = as_(alice)
    for noun in ("edit", "completion", "reopening", "deletion"):
        assert browser.post(address(milestone, noun), fields()).status_code == 403
    assert browser.post(f"/w/{milestone.workspace_id}/milestones", fields()).status_code == 403
    page = browser.get(f"/w/{milestone.workspace_id}/milestones").text
    assert "This workspace is frozen." in page
    assert 'action="' + address(milestone) not in page


def test_the_line_stands_in_the_order_of_days_and_says_what_is_late(as_, workspace, milestone, alice):
    actions.add_milestone(workspace, title="Outline", due_on=in_days(-2), by=alice)
    page = as_(alice).get(f"/w/{workspace.pk}/milestones").text
    assert re.findall(r'id="milestone-(\d+)"', page) == ["2", "1"]
    assert "2 days overdue" in page and "0 of 2 milestones reached" in page


def test_twenty_five_a_page(as_, workspace, alice):
    for n in range(30):
        actions.add_milestone(workspace, title=f"Milestone {n}", due_on=in_days(30 - n), by=alice)
    first = as_(alice).get(f"/w/{workspace.pk}/milestones").text
    after = re.search(r'rel="next" href="[^"]*after=([^"&]+)', first)[1]
    second = as_(alice).get(f"/w/{workspace.pk}/milestones?after={after}").text
    seen = re.findall(r'id="milestone-(\d+)"', first) + re.findall(r'id="milestone-(\d+)"', second)
    assert [int(n) for n in seen] == [*range(30, 0, -1)]


@pytest.mark.parametrize("many", [1, 3, 20])
@pytest.mark.parametrize(("place", "expected"), [("", 10), ("/1", 10), ("/1/edit", 9)])
def test_the_number_of_queries_does_not_grow(as_, workspace, alice, django_assert_num_queries, many, place, expected):
    for n in range(many):
        actions.add_milestone(workspace, title=f"M {n}", due_on=in_days(n), description="@todo:1", by=alice)
    browser = as_(alice)
    with django_assert_num_queries(expected):
        assert browser.get(f"/w/{workspace.pk}/milestones{place}").status_code == 200


def test_progress_counts_what_is_reached_and_names_what_is_next(workspace, milestone, alice, django_assert_num_queries):
    done = actions.add_milestone(workspace, title="Plan", due_on=in_days(-9), by=alice)
    actions.reach_milestone(done, by=alice)
    gone = actions.add_milestone(workspace, title="Gone", due_on=in_days(1), by=alice)
    actions.delete_milestone(gone, by=alice)
    with django_assert_num_queries(2):
        found = queries.progress(workspace)
    assert (found.reached, found.total, found.overdue, found.next) == (1, 2, 0, milestone)


def test_progress_of_an_empty_workspace(workspace, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = queries.progress(workspace)
    assert (found.reached, found.total, found.next) == (0, 0, None)
