"""Edit, freeze, delete a workspace, and how the things in it are deleted and restored."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.notifications.taking_back import take_back
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.conditions import workspace_is_open
from superviseme.web.time import now

from ..things import edit, mark_deleted, mark_restored
from .kinds import follow_deletion, follow_restoration
from .models import Workspace


@transaction.atomic
def edit_workspace(
    workspace: Workspace,
    *,
    title: str,
    description: str,
    by: Person,
    version: int | None = None,
    besides: bool = False,
) -> Workspace:
    """`besides`: the caller changes facts of its own, which makes it an edit whatever the words."""
    require(by, Action.WORKSPACE_EDIT, workspace)
    lock_open(workspace)
    also = {"edited_at": now()} if besides else {}
    if edit(workspace, version=version, title=title, description=description, **also):
        announce(Verb.WORKSPACE_EDITED, workspace, by=by)
    return workspace


@transaction.atomic
def freeze_workspace(workspace: Workspace, *, by: Person, why: str = "") -> None:
    require(by, Action.WORKSPACE_FREEZE, workspace)
    changed = Workspace.objects.filter(pk=workspace.pk, frozen_at=None).update(
        frozen_at=now(), frozen_by=by, frozen_why=why
    )
    workspace.refresh_from_db(fields=["frozen_at", "frozen_by", "frozen_why"])
    if changed:
        announce(Verb.WORKSPACE_FROZEN, workspace, by=by)


@transaction.atomic
def unfreeze_workspace(workspace: Workspace, *, by: Person, frozen: Event | None = None) -> None:
    """`frozen`: the freezing that this takes back. Who has not heard of it yet hears of neither."""
    require(by, Action.WORKSPACE_UNFREEZE, workspace)
    changed = (
        Workspace.objects.filter(pk=workspace.pk)
        .exclude(frozen_at=None)
        .update(frozen_at=None, frozen_by=None, frozen_why="")
    )
    workspace.refresh_from_db(fields=["frozen_at", "frozen_by", "frozen_why"])
    if changed:
        unheard = take_back(frozen) if frozen else []
        announce(Verb.WORKSPACE_UNFROZEN, workspace, by=by, but=unheard)


@transaction.atomic
def delete_workspace(workspace: Workspace, *, by: Person) -> None:
    """Soft: everything below it goes and comes back with it."""
    require(by, Action.WORKSPACE_DELETE, workspace)
    if mark_deleted(workspace, by=by):
        follow_deletion(workspace, by)
        announce(Verb.WORKSPACE_DELETED, workspace, by=by, link="")  # its pages are gone


@transaction.atomic
def restore_workspace(workspace: Workspace, *, by: Person) -> None:
    require(by, Action.WORKSPACE_RESTORE, workspace)
    if mark_restored(workspace):
        follow_restoration(workspace, by)
        announce(Verb.WORKSPACE_RESTORED, workspace, by=by)


@transaction.atomic
def delete_thing(thing: Any, action: Action, verb: Verb, *, by: Person, to: Iterable[int] = (), **data: Any) -> None:
    """How everything below a workspace is deleted; whoever comes second changes and announces nothing."""
    require(by, action, thing)
    lock_open(thing.workspace)
    if mark_deleted(thing, by=by):
        announce(verb, thing, by=by, to=to, **data)


@transaction.atomic
def restore_thing(thing: Any, action: Action, verb: Verb, *, by: Person, to: Iterable[int] = (), **data: Any) -> None:
    require(by, action, thing)
    lock_open(thing.workspace)
    if mark_restored(thing):
        announce(verb, thing, by=by, to=to, **data)


def lock_open(workspace: Workspace) -> None:
    """Inside a transaction: wait for other writers of this workspace and see that it is still open.

    An UPDATE of the row holds it on PostgreSQL (SQLite has one writer); a freeze or deletion that came first wins.
    """
    held = Workspace.objects.filter(pk=workspace.pk, frozen_at=None, deleted_at=None).update(active_at=now())
    if held != 1:
        workspace.refresh_from_db(fields=["frozen_at", "frozen_by", "deleted_at", "deleted_by"])
        raise NotAllowed(workspace_is_open(None, workspace) or "")
