"""Milestones of a workspace."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja.responses import Status

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.workspaces.milestones import actions
from superviseme.workspaces.milestones.forms import MilestoneEditForm, MilestoneForm
from superviseme.workspaces.models import Milestone
from superviseme.workspaces.room.access import workspace_for

from ..tokens.models import Area
from .doors import Room, rows_of
from .reads import finder, page_in, rows_in
from .takes import Change, Sent, Text, Title, clicks, fit, goes_and_comes, json_of, sent
from .things import MilestoneOut

room = Room(Area.WORKSPACES, "Milestones")
ALL, ONE = "/workspaces/{int:pk}/milestones", "/workspaces/{int:pk}/milestones/{int:n}"
find = finder(Milestone)


class MilestoneIn(Sent):
    title: Title
    due_on: dt.date
    description: Text = ""


class MilestoneChange(Change):
    title: Title = ""
    due_on: dt.date = dt.date.min
    description: Text = ""


@room.answers("GET", ALL, "milestones", gives=rows_of(MilestoneOut), says="By day")
def index(request: HttpRequest, pk: int, after: str = "") -> Any:
    workspace = workspace_for(request, pk)
    return page_in(workspace, rows_in(workspace, Milestone), order=("due_on", "number"), after=after)


@room.answers("GET", ONE, "milestone", gives=MilestoneOut, says="One milestone")
def show(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n)


@room.answers("POST", ALL, "milestones", gives=MilestoneOut, status=201, takes=json_of(MilestoneIn), says="Add one")
def add(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk)
    require(request.user, Action.MILESTONE_ADD, workspace)
    data = fit(MilestoneForm(sent(request, MilestoneIn)))
    milestone = actions.add_milestone(workspace, **data, by=request.user)
    return Status(201, find(request, pk, milestone.number))


@room.answers("PATCH", ONE, "milestone", gives=MilestoneOut, takes=json_of(MilestoneChange), says="Change it")
def change(request: HttpRequest, pk: int, n: int) -> Any:
    milestone = find(request, pk, n)
    require(request.user, Action.MILESTONE_EDIT, milestone)
    now = {name: getattr(milestone, name) for name in ("title", "due_on", "description")}
    data = fit(MilestoneEditForm({**now, **sent(request, MilestoneChange)}))
    actions.edit_milestone(milestone, **data, by=request.user)
    return find(request, pk, n)


clicks(
    room,
    "milestone",
    ONE,
    gives=MilestoneOut,
    find=find,
    acts={
        "completion": (actions.reach_milestone, "It is reached"),
        "reopening": (actions.reopen_milestone, "It is not reached after all"),
    },
)
goes_and_comes(
    room,
    "milestone",
    ONE,
    gives=MilestoneOut,
    find=find,
    delete=actions.delete_milestone,
    restore=actions.restore_milestone,
)
