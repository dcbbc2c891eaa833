"""The page of the hand-in: what was handed in, the defence, reports and grade."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import can, require
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.workspaces.room.frame import frame

from ..access import thesis_for
from ..models import Thesis
from ..states import GRADABLE, SUBMITTABLE, label_of
from . import actions, queries
from .forms import DefenceForm, EvaluationForm, GradeForm, HandInForm, OutcomeForm
from .words import grade_words, short


@signed_in("GET", "POST")
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    thesis = thesis_for(request, pk)
    if request.method == "GET":
        return page(request, thesis)
    require(request.user, Action.THESIS_SUBMIT, thesis)
    form = HandInForm(request.POST, versions=queries.versions_to_hand_in(thesis))
    if not form.is_valid():
        return page(request, thesis, hand_in_form=form, status=422)
    data = form.cleaned_data
    submission = actions.hand_in(thesis, version=data["version"], declaration=data["declaration"], by=request.user)
    words = _("Handed in. Your receipt %(receipt)s comes by mail.") % {"receipt": submission.receipt}
    return done(request, to=reverse("hand_in", args=[pk]), message=words)


def page(request: HttpRequest, thesis: Thesis, *, status: int = 200, **refused: Any) -> HttpResponse:
    """The page; a form that was refused replaces the fresh one of its name."""
    person = request.user
    results = can(person, Action.THESIS_RESULTS, thesis)
    evaluations = queries.evaluations_of(thesis) if results else []
    mine = next((e for e in evaluations if e.person_id == person.pk), None)
    may_submit = can(person, Action.THESIS_SUBMIT, thesis)
    versions = queries.versions_to_hand_in(thesis) if may_submit and thesis.state in SUBMITTABLE else []
    context = {
        "thesis": thesis,
        "state_label": label_of(thesis.state),
        "submittable": thesis.state in SUBMITTABLE,
        "gradable": thesis.state in GRADABLE,
        "submissions": queries.submissions_of(thesis),
        "results": results,
        "grade": grade_words(thesis.grade, thesis.grade_out_of) if results else "",
        "evaluations": evaluations,
        "mine": mine,
        "versions": versions,
        "hand_in_form": HandInForm(versions=versions),
        "defence_form": DefenceForm(initial={"at": thesis.defence_at, "place": thesis.defence_place}),
        "outcome_form": OutcomeForm(initial={"outcome": thesis.outcome}),
        "grade_form": GradeForm(initial=_grade(thesis.grade, thesis.grade_out_of)),
        "evaluation_form": EvaluationForm(initial=_facts(mine)),
        "current": None,
        "changed": False,
        "seen": queries.fingerprint(thesis),
        **refused,
    }
    whole = frame(thesis.workspace, person, "hand-in", **context)
    return render(request, "theses/evaluation/hand_in.html", whole, status=status)


def _facts(mine: Any) -> dict[str, Any]:
    return {"report": mine.report, "version": mine.version, **_grade(mine.grade, mine.out_of)} if mine else {}


def _grade(grade: Decimal | None, out_of: Decimal | None) -> dict[str, Any]:
    return {
        "grade": short(grade) if grade is not None else None,
        "out_of": short(out_of) if out_of is not None else None,
    }
