"""Lists of theses and students; a student's way to the own thesis."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from superviseme.accounts.models import OF_A_NAME, Person
from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.shared import shared

from ..interest.queries import history_of
from ..levels import level_choices
from ..states import State, is_offered, label_of
from ..topics.queries import possible_supervisors
from . import queries


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def supervised(request: HttpRequest) -> HttpResponse:
    return _list(request, request.user, "supervised")


@signed_in("GET", action=Action.SITE_MANAGE)
def all_theses(request: HttpRequest) -> HttpResponse:
    return _list(request, None, "all")


@signed_in("GET", action=Action.OWN_STUDY_VIEW)
def own(request: HttpRequest) -> HttpResponse:
    """To the newest thesis that goes on; without one, a page that says how to come by it."""
    thesis = queries.running_thesis(request.user)
    if thesis:
        return redirect(thesis.get_absolute_url())
    context = {"theses": queries.theses_of(request.user), "requests": history_of(request.user).rows[:5]}
    return render(request, "theses/lists/none_yet.html", context)


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def researchers_desk(request: HttpRequest) -> HttpResponse:
    """An address of the predecessor: researchers who supervise have the desk of supervisors."""
    return redirect("/supervisor/dashboard")


def _list(request: HttpRequest, supervisor: Person | None, whose: str) -> HttpResponse:
    usual = {"which": "current", "sort": "deadline"} if whose == "supervised" else queries.EVERYTHING
    wanted = queries.Wanted.of(request.GET, **usual)
    for_all = whose == "all"
    context = {
        "page": queries.theses_page(supervisor, wanted, after=request.GET.get("after", "")),
        "wanted": wanted,
        "whose": whose,
        "usual": usual,
        "here": reverse("supervised_theses" if whose == "supervised" else "all_theses"),
        "states": [(s, label_of(s)) for s in State.values],
        "levels": level_choices(),
        "supervisors": _supervisors() if for_all else (),
        "moves": [(s, label_of(s)) for s in State.values if is_offered(s) and s != State.SUBMITTED] if for_all else [],
        "batch_url": reverse("theses_batch"),
    }
    return render(request, "theses/lists/theses.html", context)


@shared(30)
def _supervisors() -> tuple[tuple[int, str], ...]:
    """To filter by; up to half a minute old."""
    return tuple((p.pk, p.full_name) for p in possible_supervisors().only(*OF_A_NAME))
