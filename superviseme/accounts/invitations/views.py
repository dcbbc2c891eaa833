from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Invitation
from superviseme.accounts.signin import browser
from superviseme.policy.actions import Action
from superviseme.policy.roles import Role
from superviseme.web.access import anyone, signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted

from . import actions, queries
from .forms import Accept, Invite, InviteStudent


@signed_in("GET", action=Action.PERSON_INVITE)
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitations/index.html", _list(request))


@signed_in("GET", "POST", action=Action.PERSON_INVITE)
def new(request: HttpRequest) -> HttpResponse:
    return _invite(request, Invite(posted(request)), "accounts/invitations/new.html", reverse("invitations"))


@signed_in("GET", "POST", action=Action.STUDENT_INVITE)
def students(request: HttpRequest) -> HttpResponse:
    """A supervisor invites students, and sees whom they invited."""
    return _invite(
        request,
        InviteStudent(posted(request)),
        "accounts/invitations/students.html",
        reverse("invite_students"),
        own=True,
    )


@signed_in("POST")
def resending(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _found(request, pk)
    actions.resend(invitation=invitation, by=request.user)
    return done(request, to=_back(request), message=_("Sent again to %(email)s.") % {"email": invitation.email})


@signed_in("POST")
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _found(request, pk)
    actions.withdraw(invitation=invitation, by=request.user)
    return done(
        request, to=_back(request), message=_("The invitation of %(email)s is withdrawn.") % {"email": invitation.email}
    )


@anyone("GET", "POST", reason="the link in the mail is the key")
def acceptance(request: HttpRequest, key: str) -> HttpResponse:
    invitation = queries.by_key(key)
    if invitation is None:
        return render(request, "accounts/invitations/gone.html", status=404)
    if request.user.is_authenticated:
        return render(request, "accounts/invitations/somebody.html", {"invitation": invitation}, status=409)
    form = Accept(posted(request), invitation=invitation)
    if request.method == "POST" and form.is_valid():
        return _accept(request, invitation, form.cleaned_data)
    context = {"form": form, "invitation": invitation, "role": Role(invitation.role).label, "key": key}
    return render(request, "accounts/invitations/accept.html", context, status=422 if form.is_bound else 200)


def _accept(request: HttpRequest, invitation: Invitation, given: dict[str, Any]) -> HttpResponse:
    try:
        person = actions.accept(
            invitation=invitation, name=given["name"], surname=given["surname"], password=given["password1"]
        )
    except actions.Gone:
        return render(request, "accounts/invitations/gone.html", status=404)
    login(request, person)
    response = HttpResponseRedirect(reverse("profile") + "?welcome=1")
    browser.remember(request, response, person.email)
    return response


def _invite(request: HttpRequest, form: InviteStudent, template: str, to: str, *, own: bool = False) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(**{"role": Role.STUDENT, **form.cleaned_data}, by=request.user)
        except actions.CannotInvite as refusal:
            form.add_error("email", refusal.reason)
            form.has_account = refusal.person
        else:
            return done(
                request,
                to=to,
                message=_("An invitation is on its way to %(email)s.") % {"email": form.cleaned_data["email"]},
            )
    context = {"form": form, **(_list(request, own=True) if own else {})}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _list(request: HttpRequest, *, own: bool = False) -> dict[str, Any]:
    q, state = request.GET.get("q", "")[:200].replace("\x00", ""), request.GET.get("state", "")
    found = queries.invitations(request.user, own=own, q=q, state=state, after=request.GET.get("after", ""))
    return {"invitations": found, "q": q, "state": state}


def _found(request: HttpRequest, pk: int) -> Invitation:
    return get_object_or_404(queries.visible_to(request.user), pk=pk)


def _back(request: HttpRequest) -> str:
    return reverse("invitations" if request.user.is_admin else "invite_students")
