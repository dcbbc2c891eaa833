"""Desks: the same page for everybody, with the panels of the role."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.policy.roles import Role
from superviseme.web.access import anyone, signed_in

from ..context import desk_address
from ..needs import MOST, grouped, needs_of, next_date, waiting_for_others
from ..panels import admin as admin_panel
from ..panels import researcher as researcher_panel
from ..panels import student as student_panel
from ..panels import supervisor as supervisor_panel


@anyone("GET", reason="the front door: visitors see the catalogue, signed-in people their desk")
def front(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponseRedirect("/theses")
    return HttpResponseRedirect(desk_address(request.user.roles))


@signed_in("GET", action=Action.DESK_ADMIN)
def admin(request: HttpRequest) -> HttpResponse:
    return _desk(request, Role.ADMIN, overview=admin_panel.overview())


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def supervisor(request: HttpRequest) -> HttpResponse:
    return _desk(request, Role.SUPERVISOR, students=supervisor_panel.students(request.user))


@signed_in("GET", action=Action.DESK_RESEARCHER)
def researcher(request: HttpRequest) -> HttpResponse:
    supervises = Role.SUPERVISOR in request.user.roles
    students = supervisor_panel.students(request.user) if supervises else []
    return _desk(
        request,
        Role.RESEARCHER,
        projects=researcher_panel.projects(request.user),
        students=students,
        supervises=supervises,
    )


@signed_in("GET", action=Action.OWN_STUDY_VIEW)
def student(request: HttpRequest) -> HttpResponse:
    return _desk(request, Role.STUDENT, mine=student_panel.my_thesis(request.user))


@signed_in("GET", action=Action.DESK_RESEARCHER)
def researcher_projects(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect("/projects")


def _desk(request: HttpRequest, role: Role, **panels: Any) -> HttpResponse:
    needs = needs_of(request.user)
    context = {
        "role": role.value,
        "groups": grouped(needs[:MOST]),
        "more": max(len(needs) - MOST, 0),
        "others": waiting_for_others(request.user),
        "next_meeting": None if needs else next_date(request.user),
        "desks": [(r.label, f"/{r.value}/dashboard", r == role) for r in Role if r in request.user.roles],
        **panels,
    }
    return render(request, f"home/{role.value}.html", context)
