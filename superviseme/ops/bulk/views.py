from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.roles import Kind
from superviseme.projects.models import ProjectState
from superviseme.projects.queries import matching as projects_matching
from superviseme.theses.lists.queries import matching as theses_matching
from superviseme.theses.states import State
from superviseme.web.access import signed_in
from superviseme.web.answers import done, own_page
from superviseme.workspaces.models import Workspace

from . import actions

MOST = 200
NAMED = 5  # so many refusals are told one by one
managing = Action.SITE_MANAGE


@signed_in("POST", action=managing)
def theses(request: HttpRequest) -> HttpResponse:
    return _batch(request, Kind.THESIS, "all_theses", State.values, actions.move_theses)


@signed_in("POST", action=managing)
def projects(request: HttpRequest) -> HttpResponse:
    return _batch(request, Kind.PROJECT, "all_projects", ProjectState.values, actions.move_projects)


@signed_in("POST", action=managing)
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the list it came from, as `list` in the address says."""
    event = get_object_or_404(Event, pk=number, verb=Verb.BATCH_DONE, data__act="archive")
    count = actions.undo_archive(event, by=request.user)
    said = ngettext("%(n)s is open again.", "%(n)s are open again.", count) % {"n": count}
    said = said if count else _("Nothing was opened: each is open already, or was frozen anew since.")
    return done(request, to=own_page(request.GET.get("list", "")) or reverse("all_theses"), message=said)


def _batch(request: HttpRequest, kind: Kind, back: str, states: list[str], move: Callable[..., Any]) -> HttpResponse:
    act, _colon, target = request.POST.get("act", "").partition(":")
    chosen, more = _chosen(request, kind, act, target)
    if not chosen:
        none_left = _("Nothing in this list is left to change so.")
        why = none_left if request.POST.get("matching") else _("Choose at least one in the list first.")
        return _nothing(request, back, why)
    if act == "archive":
        outcome = actions.archive(chosen, by=request.user)
    elif act == "unarchive":
        outcome = actions.unarchive(chosen, by=request.user)
    elif act == "move" and target in states:
        outcome = move(chosen, target=target, by=request.user)
    else:
        return _nothing(request, back, _("Choose what to do with them."))
    _tell_refused(request, outcome)
    if more:
        words = ngettext("%(n)s more matches; do it again for it.", "%(n)s more match; do it again for them.", more)
        messages.info(request, words % {"n": more})
    said = ngettext("%(n)s changed.", "%(n)s changed.", len(outcome.done)) % {"n": len(outcome.done)}
    undo_address = _undo(request, outcome, reverse(back)) if act == "archive" and outcome.done else ""
    return done(request, to=reverse(back), message=said if outcome.done else "", undo=undo_address)


def _undo(request: HttpRequest, outcome: actions.Outcome, back: str) -> str:
    came_from = own_page(request.POST.get("next", "")) or back
    return f"{reverse('batch_undo', args=[outcome.event])}?{urlencode({'list': came_from})}"


def _chosen(request: HttpRequest, kind: Kind, act: str, target: str) -> tuple[list[Workspace], int]:
    """What is ticked, or all that match the list it was sent from; and how many were left out as too many at a time."""
    rows = Workspace.objects.visible_to(request.user).filter(kind=kind)
    if request.POST.get("matching"):
        rows = _to_do(rows.filter(pk__in=_matching(request, kind).values("pk")), kind, act, target).order_by("pk")
    else:
        numbers = [int(one) for one in request.POST.getlist("chosen") if one.isascii() and one.isdigit()]
        rows = rows.filter(pk__in=[n for n in numbers if n < 2**63][:MOST])
    found = rows.select_related("thesis__topic", "project").with_people()
    return list(found[:MOST]), max(rows.count() - MOST, 0) if request.POST.get("matching") else 0


def _matching(request: HttpRequest, kind: Kind) -> Any:
    query = QueryDict(urlsplit(own_page(request.POST.get("next", ""))).query)
    return theses_matching(query).order_by() if kind == Kind.THESIS else projects_matching(request.user, query)


def _to_do(rows: Any, kind: Kind, act: str, target: str) -> Any:
    """Without those that are so already, so that doing it again goes on with the rest."""
    if act == "unarchive":
        return rows.exclude(frozen_at=None)
    rows = rows.filter(frozen_at=None)
    return rows.exclude(**{f"{kind.value}__state": target}) if act == "move" else rows


def _tell_refused(request: HttpRequest, outcome: actions.Outcome) -> None:
    for one, reason in outcome.refused[:NAMED]:
        messages.warning(request, _("«%(title)s» stays as it is: %(why)s") % {"title": one.title, "why": reason})
    more = len(outcome.refused) - NAMED
    if more > 0:
        words = ngettext("%(n)s more stays as it is.", "%(n)s more stay as they are.", more)
        messages.warning(request, words % {"n": more})


def _nothing(request: HttpRequest, back: str, why: str) -> HttpResponse:
    messages.warning(request, why)
    return done(request, to=reverse(back))
