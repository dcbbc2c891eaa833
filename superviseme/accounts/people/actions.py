"""What becomes of an account. Nobody sets or learns the password of another: administrators start a link, no more."""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.grants.actions import forget_roles, give, keep_an_administrator
from superviseme.accounts.models import Grant, Invitation, Person
from superviseme.accounts.signin.actions import end_sessions, send_reset_link
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.post import forget
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.roles import Role
from superviseme.web.answers import Stale
from superviseme.web.time import now

PROFILE = ("name", "surname", "degree_course", "affiliation", "gender", "nationality", "about", "language", "time_zone")
NOBODY = "removed.invalid"  # a domain that never receives mail (RFC 2606)


class BootstrapRefused(Exception):
    """The first administrator cannot be made as asked; says why in one sentence."""


@transaction.atomic
def bootstrap_administrator(*, email: str, password: str) -> Person | None:
    """The first administrator, with a password to be changed at once; None when there is one already."""
    if not password or Grant.objects.filter(role=Role.ADMIN, revoked_at=None, person__is_smoke=False).exists():
        return None
    if settings.SITE_MODE == "production" and len(password) < 15:
        raise BootstrapRefused("ADMIN_BOOTSTRAP_PASSWORD is shorter than 15 characters.")
    email = email.strip().lower()
    if Person.objects.filter(email=email).exists():
        raise BootstrapRefused(f"{email} has an account that is no administrator; name another ADMIN_BOOTSTRAP_EMAIL.")
    person = Person(email=email, name="", surname="", must_change_password=True)
    person.set_password(password)
    person.save()
    give(person=person, role=Role.ADMIN, by=None)
    announce(Verb.JOINED, person, by=person, title="", link=person_link(person), role=Role.ADMIN.value)
    return person


def hold(person: Person) -> None:
    """Who makes something new does one at a time: of a double click, the second waits here and finds the first."""
    Person.objects.filter(pk=person.pk).update(is_active=F("is_active"))


@transaction.atomic
def edit_person(*, person: Person, by: Person, seen: str | None = None, **fields: Any) -> None:
    """Change profile fields. `seen` is the version the form showed; when another changed it since, Stale."""
    require(by, Action.PERSON_MANAGE)
    if person.erased_at:
        raise NotAllowed(_("This person has left; there is nothing to edit."))
    if write_profile(person, fields, seen):
        announce(Verb.ACCOUNT_EDITED, person, by=by, title="", link=person_link(person), fields=sorted(fields))


def write_profile(person: Person, fields: dict[str, Any], seen: str | None) -> bool:
    """Save what differs; says whether anything did. For actions only."""
    person.refresh_from_db()
    if seen is not None and seen != profile_version(person):
        raise Stale(current=person)
    changed = {name: value for name, value in fields.items() if getattr(person, name) != value}
    for name, value in changed.items():
        setattr(person, name, value)
    if changed:
        person.save(update_fields=list(changed))
    return bool(changed)


def profile_version(person: Person) -> str:
    """Changes whenever the profile does; forms carry it."""
    return hashlib.sha256(json.dumps([getattr(person, field) for field in PROFILE]).encode()).hexdigest()[:16]


@transaction.atomic
def disable_person(*, person: Person, by: Person) -> None:
    """No more signing in; open sessions end at their next request and do not come back."""
    require(by, Action.PERSON_MANAGE)
    if person.pk == by.pk:
        raise NotAllowed(_("Your own account can only be disabled by another administrator."))
    keep_an_administrator(losing=person)
    if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
        end_sessions(person=person)
        person.is_active = False
        announce(Verb.ACCOUNT_DISABLED, person, by=by, title="", link=person_link(person))


@transaction.atomic
def enable_person(*, person: Person, by: Person) -> None:
    require(by, Action.PERSON_MANAGE)
    if person.erased_at:
        raise NotAllowed(_("This person was made anonymous; the account stays closed."))
    if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        person.is_active = True
        announce(Verb.ACCOUNT_ENABLED, person, by=by, title="", link=person_link(person))


@transaction.atomic
def send_password_link(*, person: Person, by: Person) -> None:
    """The person gets a link to choose a new password; the present one holds until then."""
    require(by, Action.PERSON_MANAGE)
    if not person.is_active or person.erased_at:
        raise NotAllowed(_("This account is disabled. Enable it first."))
    send_reset_link(email=person.email, by=by)
    announce(Verb.ACCOUNT_EDITED, person, by=by, title="", link=person_link(person), fields=["password link"])


@transaction.atomic
def erase_person(*, person: Person, by: Person) -> None:
    """Make a person anonymous for good: name, address, profile and roles go; what they wrote stays, by a former member."""
    require(by, Action.PERSON_MANAGE)
    if person.pk == by.pk:
        raise NotAllowed(_("Your own account can only be made anonymous by another administrator."))
    keep_an_administrator(losing=person)
    if not Person.objects.filter(pk=person.pk, erased_at=None).update(erased_at=now(), is_active=False):
        return
    end_sessions(person=person)
    was = person.email
    _empty(person)
    Grant.objects.filter(person=person, revoked_at=None).update(revoked_at=now(), revoked_by=by)
    forget_roles(person)
    forget(person.pk, address=was, stand_in=person.email)
    announce(Verb.ACCOUNT_ERASED, person, by=by, title="", link=person_link(person))


def _empty(person: Person) -> None:
    stand_in = f"former-{person.pk}@{NOBODY}"
    Invitation.objects.filter(email=person.email, accepted_at=None, withdrawn_at=None).update(withdrawn_at=now())
    Invitation.objects.filter(email=person.email).update(email=stand_in, name="", surname="")
    person.refresh_from_db()
    for field in (*PROFILE, "orcid", "last_seen_place"):
        setattr(person, field, "")
    person.email = stand_in
    person.picture, person.picture_size = "", 0
    person.last_seen_at = None
    person.set_unusable_password()
    person.save()
    person.identities.all().delete()


@transaction.atomic
def change_email(*, person: Person, email: str) -> bool:
    """The account gets another address, which its owner has confirmed; False when somebody else has it."""
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person.pk).update(email=email.lower())
    except IntegrityError:
        return False
    person.email = email.lower()
    end_sessions(person=person)
    return True


def person_link(person: Person) -> str:
    return f"/admin/users/{person.pk}"
