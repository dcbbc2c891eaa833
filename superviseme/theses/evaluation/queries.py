"""What the hand-in page shows, and to whom."""

import hashlib

from superviseme.workspaces.models import FileVersion

from ..models import Evaluation, Submission, Thesis
from .words import grade_words, late_words


def submissions_of(thesis: Thesis) -> list[Submission]:
    found = list(thesis.submissions.select_related("version__document", "submitted_by"))
    for submission in found:
        submission.late = late_words(submission.late_seconds)
    return found


def evaluations_of(thesis: Thesis) -> list[Evaluation]:
    found = list(thesis.evaluations.select_related("person").order_by("created_at", "pk"))
    for evaluation in found:
        evaluation.thesis = thesis
        evaluation.grade_words = grade_words(evaluation.grade, evaluation.out_of)
    return found


def versions_to_hand_in(thesis: Thesis) -> list[FileVersion]:
    """Uploads of this workspace, the newest first."""
    rows = FileVersion.objects.filter(document__workspace=thesis.workspace_id, document__deleted_at=None)
    return list(rows.select_related("document").order_by("-uploaded_at", "-pk")[:200])


def fingerprint(thesis: Thesis) -> str:
    """What is recorded, to notice that somebody changed it since a form was opened."""
    facts = (thesis.defence_at, thesis.defence_place, thesis.outcome, thesis.grade, thesis.grade_out_of)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
