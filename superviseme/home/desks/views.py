"""Desks: the same page for everybody, with the panels of the role."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.policy.roles import Role
from superviseme.projects.views import index as projects
from superviseme.web.access import anyone, signed_in

from ..context import desk_address, desks_of
from ..needs import MOST, grouped, waiting
from ..panels import admin as admin_panel
from ..panels import researcher as researcher_panel
from ..panels import student as student_panel
from ..panels import supervisor as supervisor_panel


@anyone("GET", reason="the front door: visitors see the catalogue, signed-in people their desk")
def front(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/theses")
    return HttpResponseRedirect(desk_address(request.user))


@signed_in("GET", action=Action.DESK_ADMIN)
def admin(request: HttpRequest) -> HttpResponse:
    return _desk(request, Role.ADMIN, overview=admin_panel.overview())


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def supervisor(request: HttpRequest) -> HttpResponse:
    return _desk(request, Role.SUPERVISOR, **supervisor_panel.students(request.user), strips=True)


@signed_in("GET", action=Action.DESK_RESEARCHER)
def researcher(request: HttpRequest) -> HttpResponse:
    supervises = bool(can(request.user, Action.OWN_SUPERVISION_VIEW))
    panels = researcher_panel.spaces(request.user, supervises=supervises)
    return _desk(request, Role.RESEARCHER, **panels, supervises=supervises, strips=False)


@signed_in("GET", action=Action.OWN_STUDY_VIEW)
def student(request: HttpRequest) -> HttpResponse:
    mine, guest = student_panel.theses(request.user)
    return _desk(request, Role.STUDENT, mine=mine, guest_theses=guest)


@signed_in("GET", action=Action.DESK_RESEARCHER)
def researcher_projects(request: HttpRequest) -> HttpResponse:
    return projects(request)


def _desk(request: HttpRequest, role: Role, **panels: Any) -> HttpResponse:
    found = waiting(request.user)
    context = {
        "role": role.value,
        "groups": grouped(found.needs[:MOST]),
        "more": max(len(found.needs) - MOST, 0),
        "others": found.others,
        "next_meeting": found.next_meeting,
        "desks": [(r.label, f"/{r.value}/dashboard", r == role) for r in desks_of(request.user)],
        **panels,
    }
    return render(request, f"home/{role.value}.html", context)
