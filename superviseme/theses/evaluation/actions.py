"""Hand in, set the defence, report, grade."""

import secrets
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.post import post
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.labels import adjective
from superviseme.web.answers import Stale
from superviseme.web.time import now, site_zone
from superviseme.workspaces.models import FileVersion
from superviseme.workspaces.room.actions import lock_open
from superviseme.workspaces.things import edit

from ..models import Evaluation, Submission, Thesis
from ..progress.actions import shift_state
from ..states import GRADABLE, SUBMITTABLE, State, label_of
from .receipt import receipt_letter


@transaction.atomic
def hand_in(thesis: Thesis, *, version: FileVersion, declaration: str, by: Person) -> Submission:
    """The author signs the declaration for one file version, which is locked; the receipt goes out by mail."""
    require(by, Action.THESIS_SUBMIT, thesis)
    lock_open(thesis.workspace)
    version.document.refresh_from_db(fields=["deleted_at"])
    if version.document.workspace_id != thesis.workspace_id or version.document.deleted_at:
        raise NotAllowed(_("The file is not in this workspace."))
    thesis.refresh_from_db(fields=["state", "submit_by"])
    twin = (
        thesis.submissions.filter(version=version, submitted_by=by).first() if thesis.state == State.SUBMITTED else None
    )
    if twin:
        return twin
    if thesis.state not in SUBMITTABLE:
        raise NotAllowed(
            _("A thesis that is %(state)s cannot be handed in.") % {"state": adjective(label_of(thesis.state))}
        )
    moment = now()
    submission = Submission.objects.create(
        thesis=thesis,
        version=version,
        declaration=declaration,
        submitted_by=by,
        submitted_at=moment,
        late_seconds=seconds_late(thesis, moment),
        receipt=f"H{thesis.pk}-{moment:%Y%m%d}-{secrets.token_hex(4).upper()}",
    )
    FileVersion.objects.filter(pk=version.pk, locked_at=None).update(locked_at=moment)
    shift_state(thesis, State.SUBMITTED, by=by, quietly=True)
    announce(
        Verb.THESIS_SUBMITTED,
        thesis.workspace,
        by=by,
        receipt=submission.receipt,
        late_seconds=submission.late_seconds,
        sha256=version.sha256,
    )
    post("handin_receipt", **receipt_letter(submission, version=version, author=by))
    return submission


@transaction.atomic
def plan_defence(thesis: Thesis, *, at: datetime | None, place: str, by: Person) -> None:
    require(by, Action.STATE_MOVE, thesis)
    lock_open(thesis.workspace)
    changed = Thesis.objects.filter(pk=thesis.pk).exclude(defence_at=at, defence_place=place)
    if changed.update(defence_at=at, defence_place=place):
        thesis.refresh_from_db(fields=["defence_at", "defence_place"])
        announce(Verb.THESIS_DEFENCE_PLANNED, thesis.workspace, by=by, at=at.isoformat() if at else "", place=place)


@transaction.atomic
def record_outcome(thesis: Thesis, *, outcome: str, by: Person, why: str = "") -> None:
    """Passed or failed; a thesis that was handed in is defended by it."""
    require(by, Action.THESIS_OUTCOME, thesis)
    lock_open(thesis.workspace)
    _be_gradable(thesis)
    changed = Thesis.objects.filter(pk=thesis.pk).exclude(outcome=outcome).update(outcome=outcome)
    thesis.refresh_from_db(fields=["outcome"])
    if thesis.state == State.SUBMITTED:
        shift_state(thesis, State.DEFENDED, by=by, why=why)
    elif changed:
        announce(Verb.THESIS_OUTCOME, thesis.workspace, by=by, outcome=outcome)


@transaction.atomic
def record_grade(thesis: Thesis, *, grade: Decimal, out_of: Decimal, by: Person) -> None:
    """The final grade; from now on the author reads it and the reports."""
    require(by, Action.THESIS_GRADE, thesis)
    lock_open(thesis.workspace)
    _be_gradable(thesis)
    same = thesis.grade == grade and thesis.grade_out_of == out_of
    if not same:
        Thesis.objects.filter(pk=thesis.pk).update(grade=grade, grade_out_of=out_of, graded_at=now(), graded_by=by)
        thesis.refresh_from_db(fields=["grade", "grade_out_of", "graded_at", "graded_by"])
        announce(Verb.THESIS_GRADED, thesis.workspace, by=by)


@transaction.atomic
def evaluate(
    thesis: Thesis,
    *,
    grade: Decimal | None,
    out_of: Decimal | None,
    report: str,
    by: Person,
    version: int | None = None,
) -> Evaluation:
    """One's own part; `version` is the one the form was opened with."""
    require(by, Action.THESIS_GRADE, thesis)
    lock_open(thesis.workspace)
    _be_gradable(thesis)
    facts = {"grade": grade, "out_of": out_of, "report": report}
    mine = thesis.evaluations.filter(person=by).first()
    if mine is None:
        announce(Verb.THESIS_EVALUATED, thesis.workspace, by=by)
        return Evaluation.objects.create(thesis=thesis, person=by, **facts)
    if version is None:
        if all(getattr(mine, name) == value for name, value in facts.items()):
            return mine  # sent twice
        raise Stale(mine)
    if edit(mine, version=version, **facts):
        announce(Verb.THESIS_EVALUATED, thesis.workspace, by=by)
    return mine


def seconds_late(thesis: Thesis, moment: datetime) -> int:
    """How long after the end of the due day in the site's zone."""
    if not thesis.submit_by:
        return 0
    end = datetime.combine(thesis.submit_by + timedelta(days=1), time.min, tzinfo=site_zone())
    return max(int((moment - end).total_seconds()), 0)


def _be_gradable(thesis: Thesis) -> None:
    thesis.refresh_from_db(fields=["state"])
    if thesis.state not in GRADABLE:
        words = _("This is recorded once the thesis is handed in, and until it is completed. It is %(state)s now.")
        raise NotAllowed(words % {"state": adjective(label_of(thesis.state))})
