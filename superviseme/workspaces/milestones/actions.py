"""What people do with milestones: require, change, save, announce."""

import datetime as dt
from typing import Any

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.time import now

from ..room.actions import delete_thing, lock_open, restore_thing
from ..room.models import Workspace
from ..things import edit, next_number, recent_twin
from .models import Milestone


@transaction.atomic
def add_milestone(workspace: Workspace, *, title: str, due_on: dt.date, by: Person, description: str = "") -> Milestone:
    require(by, Action.MILESTONE_ADD, workspace)
    lock_open(workspace)
    fields: dict[str, Any] = {"title": title, "due_on": due_on, "description": description}
    twin = recent_twin(Milestone.objects.filter(workspace=workspace), by=by, **fields)
    if twin:
        return twin
    number = next_number(workspace, "last_milestone")
    milestone = Milestone.objects.create(workspace=workspace, number=number, created_by=by, **fields)
    announce(Verb.MILESTONE_ADDED, milestone, by=by)
    return milestone


@transaction.atomic
def edit_milestone(
    milestone: Milestone, *, title: str, due_on: dt.date, description: str, by: Person, version: int | None = None
) -> Milestone:
    """`version` is the one the form was opened with; raises Stale when another edit came first."""
    require(by, Action.MILESTONE_EDIT, milestone)
    lock_open(milestone.workspace)
    before = milestone.due_on
    if edit(milestone, version=version, title=title, due_on=due_on, description=description):
        announce(Verb.MILESTONE_EDITED, milestone, by=by, due_before=before.isoformat(), due=due_on.isoformat())
    return milestone


@transaction.atomic
def reach_milestone(milestone: Milestone, *, by: Person) -> None:
    """Once; whoever ticks it second finds it ticked."""
    if _tick(milestone, by=by, reached=True):
        announce(Verb.MILESTONE_REACHED, milestone, by=by)


@transaction.atomic
def reopen_milestone(milestone: Milestone, *, by: Person) -> None:
    if _tick(milestone, by=by, reached=False):
        announce(Verb.MILESTONE_REOPENED, milestone, by=by)


def delete_milestone(milestone: Milestone, *, by: Person) -> None:
    delete_thing(milestone, Action.MILESTONE_DELETE, Verb.MILESTONE_DELETED, by=by)


def restore_milestone(milestone: Milestone, *, by: Person) -> None:
    restore_thing(milestone, Action.MILESTONE_RESTORE, Verb.MILESTONE_RESTORED, by=by)


def _tick(milestone: Milestone, *, by: Person, reached: bool) -> bool:
    require(by, Action.MILESTONE_TICK, milestone)
    lock_open(milestone.workspace)
    claim = Milestone.objects.filter(pk=milestone.pk, deleted_at=None, reached_at__isnull=reached)
    changed = claim.update(reached_at=now() if reached else None, reached_by=by if reached else None)
    milestone.refresh_from_db(fields=["reached_at", "reached_by"])
    return changed == 1
