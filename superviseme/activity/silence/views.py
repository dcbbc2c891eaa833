"""Rhythm and absences of one thesis."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.policy.roles import Kind
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.time import today
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.access import thing_in, workspace_for
from superviseme.workspaces.room.frame import frame

from . import actions, queries
from .forms import AbsenceForm, RhythmForm
from .models import Absence


@signed_in("GET", "POST")
def rhythm(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = _thesis(request, pk)
    if request.method == "GET":
        return _page(request, workspace)
    require(request.user, Action.RHYTHM_AGREE, workspace)
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return _page(request, workspace, rhythm_form=form)
    actions.agree_rhythm(workspace, days=form.cleaned_data["days"], by=request.user)
    return done(request, to=actions.rhythm_link(workspace), message=_("The rhythm is agreed."))


@signed_in("POST")
def absences(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = _thesis(request, pk)
    require(request.user, Action.RHYTHM_AGREE, workspace)
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        return _page(request, workspace, absence_form=form)
    actions.agree_absence(workspace, **form.cleaned_data, by=request.user)
    return done(request, to=actions.rhythm_link(workspace), message=_("The absence is agreed."))


@signed_in("POST")
def absence_deletion(request: HttpRequest, pk: int, absence_id: int) -> HttpResponse:
    workspace = _thesis(request, pk)
    absence = thing_in(workspace, Absence.objects.all(), pk=absence_id)
    actions.drop_absence(absence, by=request.user)
    return done(request, to=actions.rhythm_link(workspace), message=_("The absence is taken back."))


def _thesis(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk, noted_on=today())
    if workspace.kind != Kind.THESIS:
        raise Http404
    return workspace


def _page(
    request: HttpRequest,
    workspace: Workspace,
    rhythm_form: RhythmForm | None = None,
    absence_form: AbsenceForm | None = None,
) -> HttpResponse:
    quiet = queries.quiet_of(workspace)
    context = frame(
        workspace,
        request.user,
        "overview",
        quiet=quiet,
        usual=queries.usual_days(),
        rhythm_form=rhythm_form or RhythmForm(initial={"days": quiet.rhythm}),
        absence_form=absence_form or AbsenceForm(),
        absences=queries.absences_of(workspace),
    )
    status = 422 if rhythm_form or absence_form else 200
    return render(request, "activity/silence/page.html", context, status=status)
