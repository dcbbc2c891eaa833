"""The overview of a workspace: a summary that costs the same whatever is in it."""

import datetime as dt

import pytest

from superviseme.events.models import Event
from superviseme.web.time import now, today
from superviseme.workspaces.meetings.actions import plan_meeting
from superviseme.workspaces.models import Milestone, Todo
from superviseme.workspaces.updates.actions import give_feedback, post_update


@pytest.mark.parametrize("rows", [1, 3])
def test_it_shows_what_is_next_within_twelve_queries(as_, alice, bob, workspace, rows, django_assert_num_queries):
    for n in range(rows):
        post_update(workspace, kind="progress", text=f"Update {n}", by=alice)
        Todo.objects.create(workspace=workspace, number=n + 1, title=f"Step {n}", created_by=bob, assignee=alice)
        Milestone.objects.create(workspace=workspace, number=n + 1, title=f"Stone {n}", created_by=bob, due_on=today())
        plan_meeting(
            workspace, title=f"Talk {n}", starts_at=now() + dt.timedelta(days=n + 1), attendees=[alice], by=bob
        )
    browser = as_(alice)
    page = browser.get(f"/w/{workspace.pk}").text
    assert all(word in page for word in (f"Update {rows - 1}", "Step 0", "Stone 0", "Talk 0"))
    with django_assert_num_queries(12):
        browser.get(f"/w/{workspace.pk}")


def test_a_project_has_an_overview_of_its_own(as_, rita, project):
    assert "Research project" in as_(rita).get(f"/w/{project.workspace_id}").text


def test_an_administrator_reading_without_a_seat_is_in_the_audit_once(as_, ada, bob, workspace):
    for browser in (as_(ada), as_(ada), as_(bob)):
        browser.get(f"/w/{workspace.pk}")
    told = Event.objects.filter(verb="workspace.overseen").values_list("actor__name", "workspace_number")
    assert list(told) == [("Ada", workspace.pk)]


def test_references_read_as_words_on_the_overview_in_the_search_and_in_titles(as_, alice, bob, workspace):
    update = post_update(workspace, kind="progress", text="Vortex for @todo:3", by=alice)
    give_feedback(update, text="See #todo-3 first", by=bob)

    pages = {a: as_(alice).get(a).content.decode() for a in (f"/w/{workspace.pk}", "/search?q=vortex", "/notices", "/")}

    assert "Vortex for #3" in pages[f"/w/{workspace.pk}"]
    assert "Vortex for #3" in pages["/search?q=vortex"]
    assert [a for a, page in pages.items() if "@todo:3" in page or "#todo-3" in page] == []


def test_the_last_feedback_on_the_desk_reads_as_words(as_, alice, bob, workspace):
    give_feedback(post_update(workspace, kind="progress", text="x", by=alice), text="See #todo-3 first", by=bob)
    assert "See #3 first" in as_(alice).get("/student/dashboard").content.decode()
