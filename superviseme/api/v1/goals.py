"""Goals of a workspace: objectives and hypotheses."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja.responses import Status

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.workspaces.goals import actions
from superviseme.workspaces.goals.forms import GoalEditForm, GoalForm
from superviseme.workspaces.goals.models import GoalKind, GoalState
from superviseme.workspaces.models import Goal
from superviseme.workspaces.room.access import workspace_for

from ..tokens.models import Area
from .doors import Room, rows_of
from .reads import finder, page_in, rows_in
from .takes import Change, Sent, Text, Title, clicks, fit, goes_and_comes, json_of, sent
from .things import GoalOut

room = Room(Area.WORKSPACES, "Goals")
ALL, ONE = "/workspaces/{int:pk}/goals", "/workspaces/{int:pk}/goals/{int:n}"
Kind = Literal[tuple(GoalKind.values)]  # type: ignore[valid-type]  # the words stand in one table
State = Literal[tuple(GoalState.values)]  # type: ignore[valid-type]  # as above
find = finder(Goal)


class GoalIn(Sent):
    kind: Kind  # type: ignore[valid-type]  # as above
    title: Title
    description: Text = ""


class GoalChange(Change):
    kind: Kind = ""  # type: ignore[valid-type]  # as above
    title: Title = ""
    description: Text = ""
    state: State = ""  # type: ignore[valid-type]  # as above


@room.answers("GET", ALL, "goals", gives=rows_of(GoalOut), says="Objectives and hypotheses")
def index(request: HttpRequest, pk: int, after: str = "") -> Any:
    workspace = workspace_for(request, pk)
    return page_in(workspace, rows_in(workspace, Goal), order=("number",), after=after)


@room.answers("GET", ONE, "goal", gives=GoalOut, says="One goal")
def show(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n)


@room.answers("POST", ALL, "goals", gives=GoalOut, status=201, takes=json_of(GoalIn), says="Add one")
def add(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk)
    require(request.user, Action.GOAL_ADD, workspace)
    goal = actions.add_goal(workspace, **fit(GoalForm(sent(request, GoalIn))), by=request.user)
    return Status(201, find(request, pk, goal.number))


@room.answers("PATCH", ONE, "goal", gives=GoalOut, takes=json_of(GoalChange), says="Change it")
def change(request: HttpRequest, pk: int, n: int) -> Any:
    goal = find(request, pk, n)
    require(request.user, Action.GOAL_EDIT, goal)
    now = {name: getattr(goal, name) for name in ("kind", "title", "description", "state")}
    actions.edit_goal(goal, **fit(GoalEditForm({**now, **sent(request, GoalChange)})), by=request.user)
    return find(request, pk, n)


clicks(
    room,
    "goal",
    ONE,
    gives=GoalOut,
    find=find,
    acts={
        "freeze": (actions.freeze_goal, "It is agreed: only who supervises changes it from now on"),
        "unfreeze": (actions.unfreeze_goal, "It can be changed again"),
    },
)
goes_and_comes(room, "goal", ONE, gives=GoalOut, find=find, delete=actions.delete_goal, restore=actions.restore_goal)
