"""A form saved as it was opened is no edit: nothing is told, nothing is marked, other forms stay good."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from superviseme.events.models import Event
from superviseme.projects.actions import edit_project
from superviseme.theses.models import Topic
from superviseme.theses.progress.actions import edit_thesis
from superviseme.theses.topics.actions import create_topic, edit_topic
from superviseme.web.answers import Stale
from superviseme.workspaces.goals.actions import add_goal, edit_goal
from superviseme.workspaces.milestones.actions import add_milestone, edit_milestone
from superviseme.workspaces.room.actions import edit_workspace
from superviseme.workspaces.todos.actions import add_todo, edit_todo
from superviseme.workspaces.updates.actions import comment_on, edit_comment, edit_update, post_update

DAY = dt.date(2031, 1, 1)
Case = tuple[Any, Callable[..., Any], dict[str, Any], dict[str, Any]]


def cases(thesis: Any, project: Any, alice: Any, bob: Any) -> dict[str, Case]:
    """What there is, the action that edits it, what its form holds, and one change."""
    space = thesis.workspace
    update = post_update(space, kind="progress", text="Measured", by=alice)
    todo = {"title": "Read", "description": "", "priority": 2, "due_on": DAY, "assignee": alice}
    goal = {"kind": "objective", "title": "Why", "description": "x"}
    stone = {"title": "Draft", "due_on": DAY, "description": ""}
    words = {"title": space.title, "description": ""}
    topic = {"title": "Kites", "summary": "", "description": "", "prerequisites": "", "area": "", "level": "master"}
    topic |= {"capacity": 1, "keywords": ["Wind"], "supervisors": [bob]}
    funds = {"title": project.title, "description": "", "kind": project.kind, "starts_on": None, "ends_on": None}
    facts = {"level": thesis.level, "submit_by": None, "keywords": []}
    return {
        "todo": (add_todo(space, **todo, by=bob), edit_todo, todo, {"due_on": None}),
        "goal": (add_goal(space, **goal, by=alice), edit_goal, {**goal, "state": "open"}, {"state": "reached"}),
        "milestone": (add_milestone(space, **stone, by=alice), edit_milestone, stone, {"title": "Outline"}),
        "update": (update, edit_update, {"kind": "progress", "text": "Measured"}, {"kind": "problem"}),
        "comment": (comment_on(update, text="Good", by=alice), edit_comment, {"text": "Good"}, {"text": "Better"}),
        "workspace": (space, edit_workspace, words, {"description": "New"}),
        "thesis": (thesis, edit_thesis, facts, {"keywords": ["wind"]}),
        "project": (project, edit_project, {**funds, "funding": ""}, {"funding": "ERC"}),
        "topic": (create_topic(**topic, by=bob), edit_topic, topic, {"keywords": ["Rain"]}),
    }


@pytest.mark.parametrize(
    "name", ["todo", "goal", "milestone", "update", "comment", "workspace", "thesis", "project", "topic"]
)
def test_only_a_change_is_told(name: str, thesis: Any, project: Any, alice: Any, bob: Any, rita: Any) -> None:
    thing, edit, form, change = cases(thesis, project, alice, bob)[name]
    by = {"project": rita, "update": alice, "comment": alice}.get(name, bob)
    told = [Event.objects.count()]

    for facts in (form, form, {**form, **change}, {**form, **change}):
        edit(thing, **facts, by=by)
        told.append(Event.objects.count())

    assert [after - before for before, after in zip(told, told[1:], strict=False)] == [0, 0, 1, 0]
    row = getattr(thing, "workspace", thing) if name in ("thesis", "project") else thing
    assert type(row).objects.get(pk=row.pk).version == 2


def test_an_old_form_is_stale_even_when_it_changes_nothing_of_its_own(workspace: Any, alice: Any) -> None:
    goal = add_goal(workspace, kind="objective", title="Why", by=alice)
    edit_goal(goal, kind="objective", title="How", description="", by=alice, version=1)

    with pytest.raises(Stale):
        edit_goal(goal, kind="objective", title="How", description="", by=alice, version=1)


def test_a_topic_opened_in_an_old_form_is_stale(bob: Any) -> None:
    facts: dict[str, Any] = {"title": "Kites", "level": "master", "capacity": 1, "supervisors": [bob]}
    create_topic(**facts, by=bob)
    topic = Topic.objects.get()
    edit_topic(topic, **{**facts, "title": "Drones"}, by=bob, version=1)

    with pytest.raises(Stale):
        edit_topic(topic, **{**facts, "title": "Drones"}, by=bob, version=1)
