"""Reminders: once a due day, to whoever has it to do, and about nothing that rests."""

from datetime import timedelta

import pytest

from superviseme.notifications.models import Notice
from superviseme.ops.reminders.actions import remind_of_due_days
from superviseme.theses.states import State
from superviseme.web.time import now, today
from superviseme.workspaces.models import Milestone, Todo


@pytest.fixture
def todo(workspace, bob):
    def added(days, **fields):
        number = Todo.objects.count() + 1
        return Todo.objects.create(
            workspace=workspace,
            number=number,
            title=f"Task {number}",
            created_by=bob,
            due_on=today() + timedelta(days=days),
            **fields,
        )

    return added


def told(person=None):
    notices = Notice.objects.filter(recipient=person) if person else Notice.objects
    return list(notices.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize(
    "days, verbs",
    [(4, []), (3, ["todo.due"]), (0, ["todo.due"]), (-1, ["todo.overdue"]), (-7, ["todo.overdue"]), (-8, [])],
)
def test_near_and_just_passed_days_are_told(todo, days, verbs):
    todo(days)
    remind_of_due_days()
    assert told() == verbs


def test_the_same_day_is_told_once(todo):
    todo(2)
    remind_of_due_days(), remind_of_due_days()
    assert told() == ["todo.due"]


def test_a_day_that_was_moved_is_news_again(todo):
    moved = todo(1)
    remind_of_due_days()
    Todo.objects.filter(pk=moved.pk).update(due_on=today() + timedelta(days=3))
    remind_of_due_days()
    assert told() == ["todo.due", "todo.due"]


def test_the_assignee_is_told_or_else_the_author(todo, alice, carol):
    todo(1), todo(1, assignee=carol)
    remind_of_due_days()
    assert (told(alice), told(carol)) == (["todo.due"], ["todo.due"])


def test_milestones_come_near_too(workspace, bob, alice):
    Milestone.objects.create(
        workspace=workspace, number=1, title="Draft", created_by=bob, due_on=today() + timedelta(days=2)
    )
    remind_of_due_days()
    assert told(alice) == ["milestone.due"]


@pytest.mark.parametrize("rest", ["done", "deleted", "frozen", "ended"])
def test_what_rests_is_left_in_peace(todo, workspace, thesis, bob, rest):
    task = todo(1)
    if rest == "done":
        Todo.objects.filter(pk=task.pk).update(state="done", closed_at=now())
    if rest == "deleted":
        Todo.objects.filter(pk=task.pk).update(deleted_at=now(), deleted_by=bob)
    if rest == "frozen":
        type(workspace).objects.update(frozen_at=now(), frozen_by=bob)
    if rest == "ended":
        type(thesis).objects.update(state=State.COMPLETED)
    remind_of_due_days()
    assert told() == []


def test_many_cost_few_queries_when_nothing_is_new(todo, django_assert_num_queries):
    for _ in range(3):
        todo(1)
    remind_of_due_days()
    with django_assert_num_queries(6):
        remind_of_due_days()
