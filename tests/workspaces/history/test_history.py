"""The timeline of a workspace: nothing in it is a dead end, and what was deleted can be taken back from it."""

import datetime as dt

import pytest

from superviseme.web.time import now, today
from superviseme.workspaces.files.actions import add_link, delete_document
from superviseme.workspaces.goals import actions as goals
from superviseme.workspaces.meetings import actions as meetings
from superviseme.workspaces.milestones import actions as milestones
from superviseme.workspaces.todos import actions as todos
from superviseme.workspaces.updates import actions as updates


@pytest.fixture
def deleted(workspace, alice):
    """One of everything, made and deleted by Alice."""
    update = updates.post_update(workspace, kind="progress", text="Ten papers", by=alice)
    comment = updates.comment_on(update, text="And two books", by=alice)
    todo = todos.add_todo(workspace, title="Calibrate", by=alice)
    goal = goals.add_goal(workspace, kind="objective", title="Measure", by=alice)
    milestone = milestones.add_milestone(workspace, title="Draft", due_on=today(), by=alice)
    starts = now() + dt.timedelta(days=1)
    meeting = meetings.plan_meeting(workspace, title="Kick-off", starts_at=starts, attendees=[alice], by=alice)
    link = add_link(workspace, url="https://example.org", title="Data", by=alice)
    updates.delete_comment(comment, by=alice)
    updates.delete_update(update, by=alice)
    todos.delete_todo(todo, by=alice)
    goals.delete_goal(goal, by=alice)
    milestones.delete_milestone(milestone, by=alice)
    meetings.delete_meeting(meeting, by=alice)
    delete_document(link, by=alice)
    base = f"/w/{workspace.pk}"
    return [
        f"{base}/updates/{update.pk}",
        f"{base}/updates/{update.pk}/comments/{comment.pk}",
        *(f"{base}/{noun}/1" for noun in ("todos", "goals", "milestones", "meetings", "files")),
    ]


def test_who_deleted_takes_it_back_from_the_history(as_, alice, workspace, deleted):
    browser = as_(alice)
    page = browser.get(f"/w/{workspace.pk}/history").text
    assert [f'action="{thing}/restoration"' in page for thing in deleted] == [True] * 7
    assert [browser.post(f"{thing}/restoration").status_code for thing in deleted] == [302] * 7
    assert "/restoration" not in browser.get(f"/w/{workspace.pk}/history").text


def test_who_may_not_restore_is_offered_nothing(as_, carol, workspace, deleted):
    page = as_(carol).get(f"/w/{workspace.pk}/history").text
    assert ("deleted the to-do" in page, "/restoration" in page) == (True, False)


def test_nothing_leads_to_what_is_deleted(as_, bob, workspace, deleted):
    page = as_(bob).get(f"/w/{workspace.pk}/history").text
    assert [thing for thing in deleted if f'href="{thing}' in page] == []


def test_the_history_costs_at_most_twelve_queries(as_, alice, workspace, deleted, django_assert_max_num_queries):
    browser = as_(alice)
    browser.get(f"/w/{workspace.pk}/history")
    with django_assert_max_num_queries(12):
        browser.get(f"/w/{workspace.pk}/history")
