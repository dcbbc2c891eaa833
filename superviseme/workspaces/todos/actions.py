"""What people do with to-dos: require, change, save, announce."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.web.time import now

from ..meetings.models import Meeting
from ..room.actions import delete_thing, lock_open, restore_thing
from ..room.models import Workspace
from ..things import edit, next_number, recent_twin
from .models import Priority, Todo, TodoState

DEEDS = {
    TodoState.OPEN: (Action.TODO_REOPEN, Verb.TODO_REOPENED),
    TodoState.DOING: (Action.TODO_REOPEN, Verb.TODO_REOPENED),
    TodoState.DONE: (Action.TODO_COMPLETE, Verb.TODO_COMPLETED),
    TodoState.CANCELLED: (Action.TODO_CANCEL, Verb.TODO_CANCELLED),
}


@transaction.atomic
def add_todo(
    workspace: Workspace,
    *,
    title: str,
    by: Person,
    description: str = "",
    priority: int = Priority.MEDIUM,
    due_on: dt.date | None = None,
    assignee: Person | None = None,
    meeting: Meeting | None = None,
) -> Todo:
    """A new to-do with the next number of its workspace; `meeting` is the one it was agreed in."""
    require(by, Action.TODO_ADD, workspace)
    lock_open(workspace)
    fields: dict[str, Any] = {
        "title": title,
        "description": description,
        "priority": priority,
        "due_on": due_on,
        "assignee": assignee,
        "meeting": meeting,
    }
    _require_member(workspace, assignee)
    twin = recent_twin(Todo.objects.filter(workspace=workspace), by=by, **fields)
    if twin:
        return twin
    todo = Todo.objects.create(workspace=workspace, number=next_number(workspace, "last_todo"), created_by=by, **fields)
    announce(Verb.TODO_ADDED, todo, by=by, but=[assignee] if assignee else ())
    _tell_assignee(todo, by)
    return todo


@transaction.atomic
def edit_todo(
    todo: Todo,
    *,
    title: str,
    description: str,
    priority: int,
    due_on: dt.date | None,
    assignee: Person | None,
    by: Person,
    version: int | None = None,
) -> Todo:
    """`version` is the one the form was opened with; raises Stale when another edit came first."""
    require(by, Action.TODO_EDIT, todo)
    lock_open(todo.workspace)
    before = todo.assignee_id
    if assignee and assignee.pk != before:
        _require_member(todo.workspace, assignee)
    facts = {"title": title, "description": description, "priority": priority, "due_on": due_on, "assignee": assignee}
    if not edit(todo, version=version, **facts):
        return todo
    kept = todo.assignee_id == before
    announce(Verb.TODO_EDITED, todo, by=by, to=_assignee(todo) if kept else ())
    if not kept:
        _tell_assignee(todo, by)
    return todo


def complete_todo(todo: Todo, *, by: Person) -> None:
    move_todo(todo, to=TodoState.DONE, by=by)


@transaction.atomic
def move_todo(todo: Todo, *, to: str, by: Person) -> None:
    """Into another state. Whoever comes second finds it done already, and nothing more happens or is told."""
    require(by, Action.TODO_EDIT, todo)
    lock_open(todo.workspace)
    todo.refresh_from_db(fields=["state", "deleted_at"])
    if todo.state == to:
        return
    begins = todo.is_open and to in (TodoState.OPEN, TodoState.DOING)
    action, verb = (Action.TODO_EDIT, Verb.TODO_EDITED) if begins else DEEDS[TodoState(to)]
    require(by, action, todo)
    closed = to in (TodoState.DONE, TodoState.CANCELLED)
    todo.state, todo.closed_at, todo.closed_by = to, now() if closed else None, by if closed else None
    todo.save(update_fields=["state", "closed_at", "closed_by"])
    announce(verb, todo, by=by, to=() if begins else _assignee(todo), state=to)


def delete_todo(todo: Todo, *, by: Person) -> None:
    delete_thing(todo, Action.TODO_DELETE, Verb.TODO_DELETED, by=by)


def restore_todo(todo: Todo, *, by: Person) -> None:
    restore_thing(todo, Action.TODO_RESTORE, Verb.TODO_RESTORED, by=by)


def _require_member(workspace: Workspace, assignee: Person | None) -> None:
    if assignee and assignee.pk not in workspace.seats:
        raise NotAllowed(_("Only somebody of this workspace can be given a to-do in it."))


def _assignee(todo: Todo) -> list[int]:
    """Who does it, as long as that person belongs here."""
    return [todo.assignee_id] if todo.assignee_id in todo.workspace.seats else []


def _tell_assignee(todo: Todo, by: Person) -> None:
    if todo.assignee_id:
        due: dict[str, Any] = {"due_on": todo.due_on.isoformat()} if todo.due_on else {}
        announce(Verb.TODO_ASSIGNED, todo, by=by, to=_assignee(todo), assignee=todo.assignee_id, **due)
