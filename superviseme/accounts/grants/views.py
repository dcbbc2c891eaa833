from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.people.views import account
from superviseme.policy.actions import Action
from superviseme.policy.roles import Role
from superviseme.web.access import signed_in
from superviseme.web.answers import done

from . import actions


@signed_in("POST", action=Action.GRANT_MANAGE)
def grants(request: HttpRequest, pk: int) -> HttpResponse:
    person, role = get_object_or_404(Person, pk=pk), _role(request.POST.get("role", ""))
    actions.grant_role(person=person, role=role, by=request.user)
    return _changed(
        request, person, _("%(name)s has the role %(role)s.") % {"name": person.full_name, "role": role.label}
    )


@signed_in("POST", action=Action.GRANT_MANAGE)
def revocation(request: HttpRequest, pk: int, role: str) -> HttpResponse:
    person, given = get_object_or_404(Person, pk=pk), _role(role)
    actions.revoke_role(person=person, role=given, by=request.user)
    return _changed(
        request, person, _("%(name)s has the role %(role)s no more.") % {"name": person.full_name, "role": given.label}
    )


def _changed(request: HttpRequest, person: Person, message: str) -> HttpResponse:
    to = reverse("user", args=[person.pk])
    if person.pk == request.user.pk and not person.is_admin:
        to = "/"  # the own administrator's role is gone, and this page with it
    return done(
        request,
        to=to,
        template="accounts/people/_account.html" if to != "/" else None,
        context=account(person),
        message=message,
    )


def _role(value: str) -> Role:
    if value not in Role.values:
        raise Http404
    return Role(value)
