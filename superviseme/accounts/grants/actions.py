"""Roles are rows: who gave one, when, and when it was taken back."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Grant, Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.roles import Role
from superviseme.web.time import now


@transaction.atomic
def grant_role(*, person: Person, role: Role, by: Person) -> None:
    """Give a role; one that is held already stays as it is."""
    require(by, Action.GRANT_MANAGE)
    if person.erased_at:
        raise NotAllowed(_("This person has left; nothing can be given any more."))
    if give(person=person, role=role, by=by):
        announce(
            Verb.ROLE_GRANTED, person, by=by, to=[person], title="", link="/profile", role=role.value, person=person.pk
        )


@transaction.atomic
def revoke_role(*, person: Person, role: Role, by: Person) -> None:
    require(by, Action.GRANT_MANAGE)
    keep_an_administrator(losing=person, role=role)
    taken = Grant.objects.filter(person=person, role=role, revoked_at=None).update(revoked_at=now(), revoked_by=by)
    if taken:
        forget_roles(person)
        announce(
            Verb.ROLE_REVOKED, person, by=by, to=[person], title="", link="/profile", role=role.value, person=person.pk
        )


def give(*, person: Person, role: Role, by: Person | None) -> bool:
    """Write the grant unless it is held; says whether it was written. For actions only."""
    if Grant.objects.filter(person=person, role=role, revoked_at=None).exists():
        return False
    try:
        with transaction.atomic():
            Grant.objects.create(person=person, role=role, granted_by=by, granted_at=now())
    except IntegrityError:  # somebody gave it at the same moment
        return False
    forget_roles(person)
    return True


def keep_an_administrator(*, losing: Person, role: Role = Role.ADMIN) -> None:
    """Refuse what would leave the site without an administrator who can sign in. Those who remove administrators do so one
    after the other, so that two cannot remove each other."""
    if role is not Role.ADMIN or Role.ADMIN not in losing.roles:
        return
    administrators = Person.objects.active().filter(approved_at__isnull=False).with_role(Role.ADMIN)
    list(administrators.order_by("pk").select_for_update().values_list("pk"))
    if not administrators.exclude(pk=losing.pk).exists():
        raise NotAllowed(_("This is the last administrator. Give the role to somebody else first."))


def forget_roles(person: Person) -> None:
    """The roles kept with this object are looked up again."""
    person.__dict__.pop("roles", None)
    getattr(person, "_prefetched_objects_cache", {}).pop("grants", None)
