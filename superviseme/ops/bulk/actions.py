"""Each workspace is asked of the law and changed for itself; what is refused stays as it was and is named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.projects.actions import move_project
from superviseme.projects.models import ProjectState
from superviseme.site.values import setting
from superviseme.theses.progress.actions import move_thesis
from superviseme.web.answers import Stale
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.actions import freeze_workspace, unfreeze_workspace

from .words import worded


@dataclass
class Outcome:
    """What became of a batch; `event` is its number, for the undo."""

    done: list[Workspace] = field(default_factory=list)
    refused: list[tuple[Workspace, str]] = field(default_factory=list)
    event: int = 0


@transaction.atomic
def archive(workspaces: Iterable[Workspace], *, by: Person) -> Outcome:
    """Archived is frozen: everything can be read, nothing written, and it can be undone."""
    with translation.override(setting("language")):  # everybody reads it
        why = _("Archived")
    return _each(workspaces, lambda one: freeze_workspace(one, by=by, why=why), "archive", by)


@transaction.atomic
def unarchive(workspaces: Iterable[Workspace], *, by: Person) -> Outcome:
    return _each(workspaces, lambda one: unfreeze_workspace(one, by=by), "unarchive", by)


@transaction.atomic
def move_theses(workspaces: Iterable[Workspace], *, target: str, by: Person) -> Outcome:
    """Only where the table of states has a way there; handing in is the student's own."""

    def move(one: Workspace) -> None:
        if one.thesis.state == target:
            raise NotAllowed(_("It is there already."))
        one.thesis.workspace = one
        move_thesis(one.thesis, target=target, by=by)

    return _each(workspaces, move, f"thesis:{target}", by)


@transaction.atomic
def move_projects(workspaces: Iterable[Workspace], *, target: str, by: Person) -> Outcome:
    def move(one: Workspace) -> None:
        if one.project.state == target:
            raise NotAllowed(_("It is there already."))
        one.project.workspace = one
        move_project(one.project, target=ProjectState(target), by=by)

    return _each(workspaces, move, f"project:{target}", by)


@transaction.atomic
def undo_archive(event: Event, *, by: Person) -> int:
    """Unfreeze what this batch froze and nobody has touched since; says how many."""
    require(by, Action.SITE_MANAGE)
    began, ended = datetime.fromisoformat(event.data["began"]), event.at
    still = Workspace.objects.filter(
        pk__in=event.data["workspaces"], frozen_by=event.actor, frozen_at__gte=began, frozen_at__lte=ended
    )
    freezings = Event.objects.filter(verb=Verb.WORKSPACE_FROZEN, actor=event.actor, at__gte=began, at__lte=ended)
    of = {one.workspace_number: one for one in freezings}
    reopen = _each(still, lambda one: unfreeze_workspace(one, by=by, frozen=of.get(one.pk)), "unarchive", by)
    return len(reopen.done)


def _each(workspaces: Iterable[Workspace], change: Callable[[Any], None], act: str, by: Person) -> Outcome:
    require(by, Action.SITE_MANAGE)
    began, outcome = now(), Outcome()
    for one in sorted(workspaces, key=lambda w: w.pk):  # in one order, so that two batches cannot lock each other out
        try:
            with transaction.atomic():
                change(one)
        except NotAllowed as refusal:
            outcome.refused.append((one, str(refusal.reason)))
        except Stale:
            outcome.refused.append((one, _("Somebody changed it at the same moment.")))
        else:
            outcome.done.append(one)
    if outcome.done:
        numbers = [one.pk for one in outcome.done]
        words: dict[str, Any] = {
            "act": act,
            **worded({"act": act}),
            "began": began.isoformat(),
            "workspaces": numbers,
            "n": len(numbers),
        }
        outcome.event = announce(Verb.BATCH_DONE, by, by=by, title="", link="", **words).pk
    return outcome
