from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.profile.fields import zones
from superviseme.accounts.signups.actions import approve_person
from superviseme.accounts.signups.views import listed
from superviseme.policy.actions import Action
from superviseme.policy.roles import Role
from superviseme.web.access import signed_in
from superviseme.web.answers import Stale, done, is_htmx, piece
from superviseme.web.forms import posted
from superviseme.web.text import one_line

from . import actions, queries
from .forms import Profile

managing = Action.PERSON_MANAGE


@signed_in("GET", action=managing)
def index(request: HttpRequest) -> HttpResponse:
    chosen = {name: one_line(request.GET.get(name, ""))[:200] for name in ("q", "role", "state", "seen", "order")}
    context: dict[str, Any] = {
        "people": queries.people(**chosen, after=request.GET.get("after", "")),
        "counts": queries.counts(q=chosen["q"], role=chosen["role"], seen=chosen["seen"]),
        "roles": Role.choices,
        **chosen,
    }
    if context["counts"]["waiting"]:
        context |= listed()
    return render(request, "accounts/people/index.html", context)


@signed_in("GET", "POST", action=managing)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = _found(pk)
    form = Profile(posted(request), person=person)
    if request.method == "GET" or not form.is_valid():
        return _page(request, person, form, status=200 if request.method == "GET" else 422)
    try:
        actions.edit_person(person=person, by=request.user, **form.profile())
    except Stale:
        return _page(request, person, form, status=409, stale=Profile(person=_found(pk)))
    return done(
        request, to=_address(person), message=_("The profile of %(name)s is saved.") % {"name": person.full_name}
    )


@signed_in("POST", action=managing)
def disablement(request: HttpRequest, pk: int) -> HttpResponse:
    person = _found(pk)
    actions.disable_person(person=person, by=request.user)
    return _changed(request, person, _("%(name)s cannot sign in any more.") % {"name": person.full_name})


@signed_in("POST", action=managing)
def enablement(request: HttpRequest, pk: int) -> HttpResponse:
    person = _found(pk)
    actions.enable_person(person=person, by=request.user)
    said = _("%(name)s can sign in again.") if person.approved_at else _("%(name)s waits for approval again.")
    return _changed(request, person, said % {"name": person.full_name})


@signed_in("POST", action=managing)
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    person = _found(pk)
    approve_person(person=person, by=request.user)
    return _changed(request, person, _("%(name)s can sign in now.") % {"name": person.full_name})


@signed_in("POST", action=managing)
def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    person = _found(pk)
    actions.send_password_link(person=person, by=request.user)
    return _changed(
        request, person, _("A link to choose a new password is on its way to %(email)s.") % {"email": person.email}
    )


@signed_in("GET", "POST", action=managing)
def erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the address of the account; nothing brings a person back."""
    person = _found(pk)
    if person.erased_at:
        return HttpResponseRedirect(_address(person))
    typed = request.POST.get("name", "").strip()
    if request.method == "POST" and typed.lower() == person.email:
        actions.erase_person(person=person, by=request.user)
        return done(request, to=reverse("users"), message=_("The account is anonymous now; what it wrote is kept."))
    context = {"person": person, "typed": typed, "wrong": request.method == "POST"}
    return render(request, "accounts/people/erasure.html", context, status=422 if request.method == "POST" else 200)


def _changed(request: HttpRequest, person: Person, message: str) -> HttpResponse:
    return done(
        request, to=_address(person), template="accounts/people/_account.html", context=account(person), message=message
    )


def _page(
    request: HttpRequest, person: Person, form: Profile, *, status: int, stale: Profile | None = None
) -> HttpResponse:
    if is_htmx(request) and request.method == "GET":
        return piece(request, "accounts/people/_account.html", account(person))
    seats = queries.seats_of(person, after=request.GET.get("after", ""))
    context = {"form": form, "stale": stale, "zones": zones(), "seats": seats, **account(person)}
    return render(request, "accounts/people/detail.html", context, status=status)


def account(person: Person) -> dict[str, Any]:
    """What the account panel of a person shows; also the answer to a click in it."""
    return {
        "person": person,
        "state": queries.state_of(person),
        "grants": queries.grants_of(person),
        "supervises": Role.SUPERVISOR in person.roles,
        "to_give": [(role.value, role.label) for role in reversed(Role) if role not in person.roles],
    }


def _found(pk: int) -> Person:
    return get_object_or_404(Person, pk=pk)


def _address(person: Person) -> str:
    return reverse("user", args=[person.pk])
