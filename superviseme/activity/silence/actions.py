"""Agreeing on rhythms and absences, and telling of silence: who writes first, who supervises some days later."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.policy.roles import Kind, Seat
from superviseme.theses.states import WORKING
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.actions import lock_open

from .models import Absence, Rhythm, Silence
from .queries import Quiet, quiet_of, with_signs

PATIENCE = dt.timedelta(days=3)  # between telling who writes and telling who supervises
AT_ONCE = 200


@transaction.atomic
def agree_rhythm(workspace: Workspace, *, days: int, by: Person) -> None:
    """How long this thesis may be without a sign; the count begins anew."""
    require(by, Action.RHYTHM_AGREE, workspace)
    lock_open(workspace)
    if Rhythm.objects.filter(workspace=workspace, days=days).exists():
        return
    Rhythm.objects.update_or_create(workspace=workspace, defaults={"days": days, "agreed_by": by, "agreed_at": now()})
    announce(Verb.RHYTHM_AGREED, workspace, by=by, link=rhythm_link(workspace), days=days)


@transaction.atomic
def agree_absence(workspace: Workspace, *, starts_on: dt.date, ends_on: dt.date, by: Person, why: str = "") -> Absence:
    """Agreed twice it stands once."""
    require(by, Action.RHYTHM_AGREE, workspace)
    lock_open(workspace)
    absence, made = Absence.objects.get_or_create(
        workspace=workspace, starts_on=starts_on, ends_on=ends_on, defaults={"why": why, "agreed_by": by}
    )
    if made:
        announce(Verb.ABSENCE_AGREED, workspace, by=by, link=rhythm_link(workspace), **_days(absence))
    return absence


@transaction.atomic
def drop_absence(absence: Absence, *, by: Person) -> None:
    workspace = absence.workspace
    require(by, Action.RHYTHM_AGREE, workspace)
    lock_open(workspace)
    days = _days(absence)
    gone, _rows = Absence.objects.filter(pk=absence.pk).delete()
    if gone:
        announce(Verb.ABSENCE_DROPPED, workspace, by=by, link=rhythm_link(workspace), **days)


def watch_silences(fence: Fence = FREE) -> str:
    """Every day: tell of silences that began or went on, each once to each side. May be cut off and run again."""
    told, after = 0, 0
    while True:
        rows = Workspace.objects.live().filter(
            pk__gt=after, kind=Kind.THESIS, frozen_at=None, thesis__state__in=WORKING
        )
        some = list(with_signs(rows).select_related("thesis").with_people().order_by("pk")[:AT_ONCE])
        for workspace in some:
            fence()
            quiet = quiet_of(workspace)
            told += quiet.is_silent and tell_of_silence(workspace, quiet)
        if len(some) < AT_ONCE:
            return f"{told} silences told" if told else ""
        after = some[-1].pk


@transaction.atomic
def tell_of_silence(workspace: Workspace, quiet: Quiet) -> bool:
    """The next step of this silence, if its time has come."""
    silence, made = Silence.objects.get_or_create(
        workspace=workspace, since=quiet.since, defaults={"author_told_at": now()}
    )
    if made:
        _tell(Verb.SILENCE_NOTICED, workspace, quiet, Seat.AUTHOR, reverse("updates", args=[workspace.pk]))
        return True
    waited = Silence.objects.filter(pk=silence.pk, supervisor_told_at=None, author_told_at__lte=now() - PATIENCE)
    if waited.update(supervisor_told_at=now()):
        _tell(Verb.SILENCE_GOES_ON, workspace, quiet, Seat.SUPERVISOR, workspace.get_absolute_url())
        return True
    return False


def rhythm_link(workspace: Workspace) -> str:
    return reverse("rhythm", args=[workspace.pk])


def _tell(verb: Verb, workspace: Workspace, quiet: Quiet, seat: Seat, link: str) -> None:
    people = [pk for pk, held in workspace.seats.items() if held == seat]
    announce(verb, workspace, by=None, to=people, link=link, since=quiet.since.isoformat(), days=quiet.rhythm)


def _days(absence: Absence) -> dict[str, Any]:
    return {"starts": absence.starts_on.isoformat(), "ends": absence.ends_on.isoformat()}
