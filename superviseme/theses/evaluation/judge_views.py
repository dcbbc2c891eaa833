"""What supervisors and examiners record on the hand-in page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import Stale, done

from ..access import thesis_for
from . import actions
from .forms import DefenceForm, EvaluationForm, GradeForm, OutcomeForm
from .queries import fingerprint
from .views import page


@signed_in("POST")
def defence(request: HttpRequest, pk: int) -> HttpResponse:
    return _record(request, pk, Action.STATE_MOVE, DefenceForm(request.POST), "defence_form", actions.plan_defence)


@signed_in("POST")
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    return _record(
        request, pk, Action.THESIS_OUTCOME, OutcomeForm(request.POST), "outcome_form", actions.record_outcome
    )


@signed_in("POST")
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    return _record(request, pk, Action.THESIS_GRADE, EvaluationForm(request.POST), "evaluation_form", actions.evaluate)


@signed_in("POST")
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    return _record(request, pk, Action.THESIS_GRADE, GradeForm(request.POST), "grade_form", actions.record_grade)


def _record(
    request: HttpRequest, pk: int, action: Action, form: forms.Form, name: str, record: Callable[..., Any]
) -> HttpResponse:
    thesis = thesis_for(request, pk)
    require(request.user, action, thesis)
    if not form.is_valid():
        return page(request, thesis, status=422, **{name: form})
    if record is not actions.evaluate and request.POST.get("seen") != fingerprint(thesis):
        return page(request, thesis, status=409, changed=True, **{name: form})
    try:
        record(thesis, **form.cleaned_data, by=request.user)
    except Stale as stale:
        return page(request, thesis, status=409, current=stale.current, **{name: form})
    return done(request, to=reverse("hand_in", args=[pk]), message=_("Recorded."))
