"""Move a thesis from state to state, and keep the facts only a thesis has."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.web.answers import Stale
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.actions import lock_open

from ..models import Keyword, StateChange, Thesis
from ..states import State, find_move, label_of
from ..topics.actions import claim_place, free_place


@transaction.atomic
def move_thesis(thesis: Thesis, *, target: str, by: Person, why: str = "", source: str = "") -> None:
    """One step of the table in states.py. `source` is the state the form was opened in: Stale when it moved since."""
    move = find_move(source or thesis.state, target)
    require(by, move.action if move else Action.STATE_MOVE, thesis)
    lock_open(thesis.workspace)
    thesis.refresh_from_db(fields=["state"])
    if thesis.state == target:
        return  # pressed twice, or another did the same
    if source and thesis.state != source:
        raise Stale(thesis)
    if move is None:
        names = {"source": label_of(thesis.state), "target": label_of(target)}
        raise NotAllowed(_("There is no way from «%(source)s» to «%(target)s».") % names)
    if move.action is Action.THESIS_SUBMIT:
        raise NotAllowed(_("A thesis is handed in with a file, on its page “Hand-in”."))
    shift_state(thesis, target, by=by, why=why)


def shift_state(thesis: Thesis, target: str, *, by: Person, why: str = "", quietly: bool = False) -> None:
    """Write the step and its history; for actions that have asked the law and hold the workspace.

    Withdrawing frees the topic's place, taking up again claims one. `quietly`: the caller announces it in other words.
    """
    source = thesis.state
    if Thesis.objects.filter(pk=thesis.pk, state=source).update(state=target, state_since=now()) != 1:
        raise Stale(Thesis.objects.get(pk=thesis.pk))
    thesis.refresh_from_db(fields=["state", "state_since"])
    StateChange.objects.create(thesis=thesis, source=source, target=target, by=by, why=why, at=thesis.state_since)
    if thesis.topic and target == State.WITHDRAWN:
        free_place(thesis.topic)
    if thesis.topic and source == State.WITHDRAWN:
        claim_place(thesis.topic)
    if not quietly:
        announce(Verb.STATE_MOVED, thesis.workspace, by=by, state=label_of(target), target=str(target), why=why)


@transaction.atomic
def edit_thesis(
    thesis: Thesis,
    *,
    level: str,
    submit_by: date | None,
    keywords: Iterable[str],
    by: Person,
    version: int | None = None,
) -> None:
    """Level, keywords, and the day the hand-in is due; `version` is that of the workspace when the form was opened."""
    require(by, Action.WORKSPACE_EDIT, thesis.workspace)
    lock_open(thesis.workspace)
    claim = Workspace.objects.filter(pk=thesis.workspace_id)
    if version is not None:
        claim = claim.filter(version=version)
    wanted = {w.casefold(): w for w in keywords}
    held = set(thesis.keywords.values_list("folded", flat=True))
    if held == set(wanted) and claim.filter(thesis__level=level, thesis__submit_by=submit_by).exists():
        return
    if claim.update(version=F("version") + 1, edited_at=now()) != 1:
        raise Stale(Thesis.objects.get(pk=thesis.pk))
    Thesis.objects.filter(pk=thesis.pk).update(level=level, submit_by=submit_by)
    thesis.refresh_from_db(fields=["level", "submit_by"])
    thesis.keywords.exclude(folded__in=wanted).delete()
    Keyword.objects.bulk_create(Keyword(thesis=thesis, word=w, folded=f) for f, w in wanted.items() if f not in held)
    announce(Verb.WORKSPACE_EDITED, thesis.workspace, by=by)
