"""To-dos of a workspace."""

import datetime as dt
from functools import partial
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja.responses import Status
from pydantic import BeforeValidator

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.workspaces.meetings.models import Meeting
from superviseme.workspaces.models import Todo
from superviseme.workspaces.room.access import thing_in, workspace_for
from superviseme.workspaces.todos import actions
from superviseme.workspaces.todos.models import TodoState
from superviseme.workspaces.todos.views import form_for

from ..tokens.models import Area
from .doors import Room, rows_of
from .reads import finder, page_in, rows_in
from .takes import Change, Number, Sent, Text, Title, clicks, fit, goes_and_comes, json_of, no_truth, sent
from .things import TodoOut

room = Room(Area.WORKSPACES, "To-dos")
ALL, ONE = "/workspaces/{int:pk}/todos", "/workspaces/{int:pk}/todos/{int:n}"
State = Literal[tuple(TodoState.values)]  # type: ignore[valid-type]  # the words stand in one table
Priority = Annotated[Literal[1, 2, 3], BeforeValidator(no_truth)]
find = finder(Todo)


class TodoIn(Sent):
    title: Title
    description: Text = ""
    priority: Priority = 2
    due_on: dt.date | None = None
    assignee: Number | None = None
    meeting: Number | None = None


class TodoChange(Change):
    title: Title = ""
    description: Text = ""
    priority: Priority = 2
    due_on: dt.date | None = None
    assignee: Number | None = None


class StateIn(Sent):
    to: State  # type: ignore[valid-type]  # as above


@room.answers("GET", ALL, "todos", gives=rows_of(TodoOut), says="To-dos, the newest first")
def index(request: HttpRequest, pk: int, after: str = "", state: State | None = None) -> Any:  # type: ignore[valid-type]  # as above
    workspace = workspace_for(request, pk)
    rows = rows_in(workspace, Todo)
    return page_in(workspace, rows.filter(state=state) if state else rows, order=("-number",), after=after)


@room.answers("GET", ONE, "todo", gives=TodoOut, says="One to-do")
def show(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n)


@room.answers("POST", ALL, "todos", gives=TodoOut, status=201, takes=json_of(TodoIn), says="Add one")
def add(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk)
    require(request.user, Action.TODO_ADD, workspace)
    body = sent(request, TodoIn)
    number = body.pop("meeting", None)
    meeting = thing_in(workspace, Meeting.objects.live(), number=number) if number else None
    data = fit(form_for(workspace, body))
    data.pop("version")
    todo = actions.add_todo(workspace, **data, meeting=meeting, by=request.user)
    return Status(201, find(request, pk, todo.number))


@room.answers("PATCH", ONE, "todo", gives=TodoOut, takes=json_of(TodoChange), says="Change it")
def change(request: HttpRequest, pk: int, n: int) -> Any:
    todo = find(request, pk, n)
    require(request.user, Action.TODO_EDIT, todo)
    now = {name: getattr(todo, name) for name in ("title", "description", "priority", "due_on")}
    body = {**now, "assignee": todo.assignee_id, **sent(request, TodoChange)}
    actions.edit_todo(todo, **fit(form_for(todo.workspace, body, keep=todo)), by=request.user)
    return find(request, pk, n)


@room.answers("POST", f"{ONE}/state", "todo_state", gives=TodoOut, takes=json_of(StateIn), says="Move it")
def state(request: HttpRequest, pk: int, n: int) -> Any:
    todo = find(request, pk, n)
    require(request.user, Action.TODO_EDIT, todo)
    actions.move_todo(todo, to=sent(request, StateIn)["to"], by=request.user)
    return find(request, pk, n)


clicks(
    room,
    "todo",
    ONE,
    gives=TodoOut,
    find=find,
    acts={
        "completion": (actions.complete_todo, "It is done"),
        "reopening": (partial(actions.move_todo, to=TodoState.OPEN), "It is open again"),
        "cancellation": (partial(actions.move_todo, to=TodoState.CANCELLED), "It is not to be done"),
    },
)
goes_and_comes(room, "todo", ONE, gives=TodoOut, find=find, delete=actions.delete_todo, restore=actions.restore_todo)
