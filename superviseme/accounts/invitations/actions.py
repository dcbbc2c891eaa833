"""Inviting by mail. Only the hash of the key is kept; whoever holds the key sets name and password, once."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.grants.actions import give
from superviseme.accounts.models import Invitation, Person
from superviseme.accounts.people.actions import hold
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.letters import link_to
from superviseme.outbox.post import post
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.policy.roles import Role
from superviseme.web.time import now

from .table_file import Row

LASTS = timedelta(days=14)


class CannotInvite(Exception):
    """Says why, for the person who invites."""

    def __init__(self, reason: str, person: Person | None = None):
        super().__init__(reason)
        self.reason, self.person = reason, person


class Gone(Exception):
    """The invitation was used, withdrawn or is too old."""


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    link: str  # known now and never again


@transaction.atomic
def invite(*, email: str, role: Role, by: Person | None, name: str = "", surname: str = "") -> Invited:
    """Send an invitation. `by` None is the operator at the console, whom no rule binds."""
    require_may_invite(by, role)
    email = email.strip().lower()
    if by is not None:
        hold(by)
    person = Person.objects.filter(email=email).first()
    if person and (person.has_usable_password() or not person.is_active):
        raise CannotInvite(_("%(email)s has an account already.") % {"email": email}, person)
    if _open().filter(email=email).exists():
        raise CannotInvite(
            _("%(email)s is invited already. Send that invitation again, or withdraw it first.") % {"email": email}
        )
    invitation = prepare(email=email, role=role, by=by, name=name, surname=surname, person=person)
    link = _send(invitation)
    announce(Verb.INVITED, invitation, by=by, title="", link="", role=role.value)
    return Invited(invitation, link)


@transaction.atomic
def invite_many(*, rows: Iterable[Row], by: Person) -> None:
    """All or nobody: one who cannot be invited stops the others as well."""
    for row in rows:
        invite(email=row.email, role=Role(row.role), name=row.name, surname=row.surname, by=by)


def invite_administrator(*, email: str) -> Invitation:
    """From the console of the machine; raises ValidationError with the reason when it cannot be."""
    validate_email(email)
    try:
        return invite(email=email, role=Role.ADMIN, by=None).invitation
    except CannotInvite as refusal:
        raise ValidationError(refusal.reason) from None


def prepare(
    *, email: str, role: Role, by: Person | None, name: str = "", surname: str = "", person: Person | None = None
) -> Invitation:
    """An invitation that is not sent yet (import prepares them so). For actions only."""
    return Invitation.objects.create(
        email=email,
        name=name,
        surname=surname,
        role=role,
        person=person,
        invited_by=by,
        created_at=now(),
        expires_at=now() + LASTS,
        token_hash=key_hash(secrets.token_urlsafe(32)),
    )


@transaction.atomic
def resend(*, invitation: Invitation, by: Person) -> Invited:
    """A new key by mail; the old one is dead."""
    require_may_handle(by, invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise NotAllowed(_("This invitation is settled already."))
    link = _send(invitation)
    announce(Verb.INVITED, invitation, by=by, title="", link="", role=invitation.role)
    return Invited(invitation, link)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person) -> None:
    require_may_handle(by, invitation)
    changed = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=now()
    )
    if not changed:
        raise NotAllowed(_("This invitation is settled already."))
    announce(Verb.INVITATION_WITHDRAWN, invitation, by=by, title="", link="")


def accept(*, invitation: Invitation, name: str, surname: str, password: str) -> Person:
    """The holder of the key joins. Of two at the same moment one joins, the other gets Gone."""
    hashed = make_password(password)  # takes its time: not while the database waits
    return _accept(invitation, name, surname, hashed)


@transaction.atomic
def _accept(invitation: Invitation, name: str, surname: str, hashed: str) -> Person:
    claimed = (
        _open()
        .filter(pk=invitation.pk, token_hash=invitation.token_hash, expires_at__gt=now())
        .update(accepted_at=now())
    )
    if claimed != 1:
        raise Gone
    person = _join(invitation, name, surname, hashed)
    Invitation.objects.filter(pk=invitation.pk).update(person=person)
    give(person=person, role=Role(invitation.role), by=invitation.invited_by)
    _tell_who_joined(person, invitation)
    return person


def _join(invitation: Invitation, name: str, surname: str, hashed: str) -> Person:
    person = Person.objects.filter(email=invitation.email).first() or Person(email=invitation.email)
    if person.pk and (person.has_usable_password() or not person.is_active):
        raise Gone
    person.name, person.surname, person.password = name, surname, hashed
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # joined another way at the same moment
        raise Gone from None
    return person


def _tell_who_joined(person: Person, invitation: Invitation) -> None:
    """Administrators hear of it, and who invited; the link leads where both may go."""
    inviter = invitation.invited_by
    link = f"/admin/users/{person.pk}" if inviter is None or inviter.is_admin else reverse("invite_students")
    announce(Verb.JOINED, person, by=person, to=[inviter] if inviter else [], title="", link=link, role=invitation.role)


def _send(invitation: Invitation) -> str:
    key, moment = secrets.token_urlsafe(32), now()
    invitation.token_hash, invitation.sent_at, invitation.expires_at = key_hash(key), moment, moment + LASTS
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    link = link_to(reverse("invitation", args=[key]))
    post(
        "invitation",
        to=invitation.email,
        to_name=f"{invitation.name} {invitation.surname}".strip(),
        key=letter_key(invitation),
        recipient=invitation.person_id,
        context={
            "name": invitation.name,
            "inviter": invitation.invited_by.full_name if invitation.invited_by else "",
            "role": Role(invitation.role).label,
            "link": link,
            "expires": invitation.expires_at,
        },
    )
    return link


def letter_key(invitation: Invitation) -> str:
    """Under which the letter with its present link stands in the outbox."""
    return f"invitation:{invitation.pk}:{invitation.token_hash[:16]}"


def key_hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def require_may_invite(by: Person | None, role: Role) -> None:
    if by is not None:
        require(by, Action.STUDENT_INVITE if role is Role.STUDENT else Action.PERSON_INVITE)


def require_may_handle(by: Person, invitation: Invitation) -> None:
    """Who invited may resend and withdraw while still entitled to invite; administrators any."""
    own = invitation.invited_by_id == by.pk and invitation.role == Role.STUDENT
    require(by, Action.STUDENT_INVITE if own else Action.PERSON_INVITE)


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
