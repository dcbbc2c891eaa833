"""The state of a thesis with its history, and its facts."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.policy.labels import adjective
from superviseme.web.access import signed_in
from superviseme.web.answers import Stale, attempt, done
from superviseme.web.forms import posted
from superviseme.workspaces.room.frame import frame

from ..access import thesis_for
from ..models import Thesis
from ..states import find_move, label_of
from . import actions, queries
from .forms import FactsForm, StateForm


@signed_in("GET", "POST")
def state(request: HttpRequest, pk: int) -> HttpResponse:
    thesis = thesis_for(request, pk)
    if request.method == "GET":
        return _state_page(request, thesis, StateForm())
    form = StateForm(request.POST)
    if not form.is_valid():
        require(request.user, Action.STATE_MOVE, thesis)
        return _state_page(request, thesis, form, status=422)
    try:
        actions.move_thesis(thesis, **form.cleaned_data, by=request.user)
    except Stale:
        thesis.refresh_from_db()
        return _state_page(request, thesis_for(request, pk), form, status=409, moved=label_of(thesis.state))
    words = _("The thesis is %(state)s now.") % {"state": adjective(label_of(form.cleaned_data["target"]))}
    return done(request, to=thesis.get_absolute_url(), message=words)


@signed_in("GET", "POST")
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    thesis = thesis_for(request, pk)
    require(request.user, Action.WORKSPACE_EDIT, thesis.workspace)
    form = FactsForm(posted(request), initial=_facts(thesis))
    tried = attempt(form, partial(actions.edit_thesis, thesis, by=request.user))
    if tried.saved:
        return done(request, to=thesis.get_absolute_url())
    if tried.status == 409:
        thesis = thesis_for(request, pk)
    context = frame(thesis.workspace, request.user, "overview", thesis=thesis, form=form, current=tried.current)
    context["now_words"] = _facts(thesis)["keywords"]
    return render(request, "theses/progress/facts.html", context, status=tried.status)


def _facts(thesis: Thesis) -> dict[str, object]:
    words = ", ".join(k.word for k in thesis.keywords.all())
    version = thesis.workspace.version
    return {"level": thesis.level, "submit_by": thesis.submit_by, "keywords": words, "version": version}


def _state_page(
    request: HttpRequest, thesis: Thesis, form: StateForm, status: int = 200, moved: str = ""
) -> HttpResponse:
    wished, ahead = request.GET.get("to", ""), queries.next_move(thesis, request.user)
    chosen = wished if find_move(thesis.state, wished) else ahead.target if ahead else ""
    context = frame(
        thesis.workspace,
        request.user,
        "overview",
        thesis=thesis,
        form=form,
        moved=moved,
        chosen=form["target"].value() or chosen,
        moves=queries.possible_moves(thesis, request.user),
        changes=queries.changes_of(thesis),
        label_of=label_of,
    )
    return render(request, "theses/progress/state.html", context, status=status)
