"""What people do with goals: require, change, save, announce."""

from django.db import transaction
from django.db.models import F

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.time import now

from ..room.actions import lock_open, restore_thing
from ..room.models import Workspace
from ..things import edit, mark_deleted, next_number, recent_twin
from .models import Goal, GoalState


@transaction.atomic
def add_goal(workspace: Workspace, *, kind: str, title: str, by: Person, description: str = "") -> Goal:
    require(by, Action.GOAL_ADD, workspace)
    lock_open(workspace)
    fields = {"kind": kind, "title": title, "description": description}
    twin = recent_twin(Goal.objects.filter(workspace=workspace), by=by, **fields)
    if twin:
        return twin
    goal = Goal.objects.create(workspace=workspace, number=next_number(workspace, "last_goal"), created_by=by, **fields)
    announce(Verb.GOAL_ADDED, goal, by=by)
    return goal


@transaction.atomic
def edit_goal(
    goal: Goal,
    *,
    kind: str,
    title: str,
    description: str,
    by: Person,
    state: str = GoalState.OPEN,
    version: int | None = None,
) -> Goal:
    """`version` is the one the form was opened with; raises Stale when another edit came first."""
    _hold(goal, Action.GOAL_EDIT, by)
    if edit(goal, version=version, kind=kind, title=title, description=description, state=state):
        announce(Verb.GOAL_EDITED, goal, by=by)
    return goal


@transaction.atomic
def freeze_goal(goal: Goal, *, by: Person) -> None:
    """Agreed: only supervisors change it from now on. A form opened before is old then."""
    require(by, Action.GOAL_EDIT, goal)
    lock_open(goal.workspace)
    goal.refresh_from_db(fields=["frozen_at", "deleted_at"])
    if goal.frozen_at:
        require(by, Action.GOAL_UNFREEZE, goal)
        return
    require(by, Action.GOAL_FREEZE, goal)
    _mark(goal, frozen_at=now(), frozen_by=by)
    announce(Verb.GOAL_FROZEN, goal, by=by)


@transaction.atomic
def unfreeze_goal(goal: Goal, *, by: Person) -> None:
    require(by, Action.GOAL_EDIT, goal)
    lock_open(goal.workspace)
    goal.refresh_from_db(fields=["frozen_at", "deleted_at"])
    if not goal.frozen_at:
        require(by, Action.GOAL_FREEZE, goal)
        return
    require(by, Action.GOAL_UNFREEZE, goal)
    _mark(goal, frozen_at=None, frozen_by=None)
    announce(Verb.GOAL_UNFROZEN, goal, by=by)


@transaction.atomic
def delete_goal(goal: Goal, *, by: Person) -> None:
    _hold(goal, Action.GOAL_DELETE, by)
    if mark_deleted(goal, by=by):
        announce(Verb.GOAL_DELETED, goal, by=by)


def restore_goal(goal: Goal, *, by: Person) -> None:
    restore_thing(goal, Action.GOAL_RESTORE, Verb.GOAL_RESTORED, by=by)


def _hold(goal: Goal, action: Action, by: Person) -> None:
    """Allowed before and after waiting for other writers: somebody may have frozen the goal meanwhile."""
    require(by, action, goal)
    lock_open(goal.workspace)
    goal.refresh_from_db(fields=["frozen_at", "deleted_at"])
    require(by, action, goal)


def _mark(goal: Goal, **changes: object) -> None:
    Goal.objects.filter(pk=goal.pk).update(**changes, version=F("version") + 1)
    goal.refresh_from_db(fields=[*changes, "version"])
