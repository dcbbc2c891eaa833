from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.providers.queries import name_of
from superviseme.policy.actions import Action
from superviseme.policy.roles import Role
from superviseme.web.access import signed_in
from superviseme.web.answers import done

from . import actions, queries

managing = Action.PERSON_MANAGE


@signed_in("GET", action=managing)
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/signups/index.html", listed(request.GET.get("after", "")))


@signed_in("POST", action=managing)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """With the role that was chosen; the page of a person approves without one."""
    person, chosen = get_object_or_404(Person, pk=pk), request.POST.get("role", "")
    actions.approve_person(person=person, by=request.user, role=Role(chosen) if chosen in Role.values else None)
    return _settled(request, _("%(name)s can sign in now and is told so.") % {"name": person.full_name})


@signed_in("POST", action=managing)
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    actions.decline_person(person=person, by=request.user)
    undo = reverse("user_enablement", args=[person.pk])
    return _settled(request, _("%(name)s is declined and told so.") % {"name": person.full_name}, undo)


def listed(after: str = "") -> dict[str, Any]:
    """The piece with everybody who waits; `people` is a page of them."""
    roles = [(role.value, role.label) for role in reversed(Role)]
    return {"waiting": queries.waiting(after), "roles_to_give": roles, "provider_name": name_of}


def _settled(request: HttpRequest, message: str, undo: str = "") -> HttpResponse:
    piece = "accounts/signups/_list.html"
    return done(request, to=reverse("signups"), template=piece, context=listed(), message=message, undo=undo)
