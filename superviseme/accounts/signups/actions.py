"""Letting new people in, or not."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.grants.actions import give
from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import person_link
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.letters import link_to
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.roles import Role
from superviseme.web.time import now


@transaction.atomic
def approve_person(*, person: Person, by: Person, role: Role | None = None) -> None:
    """Open an account that waits for it, with a role to begin with; the person is told by mail."""
    require(by, Action.PERSON_MANAGE)
    if not person.is_active:
        raise NotAllowed(_("This account was declined or disabled. Enable it first; then it waits for approval again."))
    moment = now()
    waiting = Person.objects.filter(pk=person.pk, approved_at=None, erased_at=None, is_active=True)
    if not waiting.update(approved_at=moment):
        return
    person.approved_at = moment
    if role and role not in person.roles:
        give(person=person, role=role, by=by)
    announce(Verb.SIGN_UP_APPROVED, person, by=by, title="", link=person_link(person), role=role.value if role else "")
    write_to(person, "account_open", key=f"account_open:{person.pk}", link=link_to(reverse("account_login")))


@transaction.atomic
def decline_person(*, person: Person, by: Person) -> None:
    """The account stays closed and known as declined, so that coming again does not ask again; enabling takes it back."""
    require(by, Action.PERSON_MANAGE)
    if person.approved_at:
        raise NotAllowed(_("This account is open already; it can be disabled."))
    if not Person.objects.filter(pk=person.pk, approved_at=None, is_active=True).update(is_active=False):
        return
    person.is_active = False
    announce(Verb.SIGN_UP_DECLINED, person, by=by, title="", link=person_link(person))
    write_to(person, "account_declined", key=f"account_declined:{person.pk}:{now().isoformat()}")
