"""Two people at the same moment, on to-dos, goals and milestones."""

import pytest

from superviseme.accounts.models import Person
from superviseme.notifications.models import Notice
from superviseme.policy.check import NotAllowed
from superviseme.workspaces.goals import actions as goals
from superviseme.workspaces.models import Goal, Todo, Workspace
from superviseme.workspaces.room import actions as room
from superviseme.workspaces.todos import actions as todos

from ...racing import race

pytestmark = pytest.mark.django_db(transaction=True)


def person(name):
    return Person.objects.get(name=name)


def test_todos_added_at_once_get_numbers_of_their_own(tmp_path, workspace):
    def add(n):
        return lambda: todos.add_todo(Workspace.objects.get(), title=f"To-do {n}", by=person("Alice")).number

    assert sorted(race(tmp_path, *[add(n) for n in range(4)])) == [1, 2, 3, 4]


def test_two_who_complete_it_at_once_complete_it_once(tmp_path, workspace, alice):
    todos.add_todo(workspace, title="Once", by=alice)
    Notice.objects.all().delete()

    def complete(name):
        return lambda: todos.complete_todo(Todo.objects.get(), by=person(name))

    assert race(tmp_path, complete("Alice"), complete("Carol")) == [None, None]
    assert Notice.objects.filter(verb="todo.completed").count() == 2


def test_an_edit_and_a_freeze_of_a_goal_at_once_do_not_both_win_unseen(tmp_path, workspace, alice):
    goals.add_goal(workspace, kind="objective", title="Agreed", by=alice)

    def edit():
        goals.edit_goal(Goal.objects.get(), kind="objective", title="Slipped in", description="", by=person("Alice"))

    def freeze():
        goals.freeze_goal(Goal.objects.get(), by=person("Bob"))

    edited, frozen = race(tmp_path, edit, freeze)
    goal = Goal.objects.get()
    assert frozen is None and goal.frozen_at is not None
    assert (goal.title == "Agreed") == isinstance(edited, NotAllowed)


def test_nothing_is_added_once_the_workspace_is_frozen(tmp_path, workspace):
    def add():
        return todos.add_todo(Workspace.objects.get(), title="In time?", by=person("Alice"))

    def freeze():
        room.freeze_workspace(Workspace.objects.get(), by=person("Bob"))

    added, frozen = race(tmp_path, add, freeze)
    assert frozen is None
    assert Todo.objects.exists() != isinstance(added, NotAllowed)
