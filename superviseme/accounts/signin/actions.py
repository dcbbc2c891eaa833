"""Signing in and out, and passwords: what is written down and what it ends."""

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.letters import link_to
from superviseme.web.time import now

from .links import MINUTES, reset_link


@transaction.atomic
def record_sign_in(*, by: Person, address: str) -> None:
    announce(Verb.SIGNED_IN, by, by=by, title="", link="", address=address)


@transaction.atomic
def record_sign_out(*, by: Person) -> None:
    announce(Verb.SIGNED_OUT, by, by=by, title="", link="")


@transaction.atomic
def record_failure(*, email: str, address: str) -> None:
    """A wrong guess, written alike whether the account exists or not; the address typed is not kept."""
    person = Person.objects.filter(email=email.lower()).only("pk").first() or Person()
    announce(Verb.SIGN_IN_FAILED, person, by=None, title="", link="", address=address)


def change_password(*, person: Person, password: str, by: Person) -> None:
    """Nobody sets the password of another: `by` is the person, who knew the old one or holds a link. Ends every session."""
    if by.pk != person.pk:
        raise ValueError("nobody sets the password of another")
    _keep_password(person, make_password(password))  # hashed while no transaction waits


@transaction.atomic
def _keep_password(person: Person, hashed: str) -> None:
    person.password, person.must_change_password = hashed, False
    person.save(update_fields=["password", "must_change_password"])
    end_sessions(person=person)
    announce(Verb.PASSWORD_CHANGED, person, by=person, title="", link="")
    _say_password_changed(person)


def end_sessions(*, person: Person) -> None:
    """Every session of this person ends at its next request. The caller may renew the one it acts in."""
    Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
    person.refresh_from_db(fields=["session_epoch"])


@transaction.atomic
def send_reset_link(*, email: str, by: Person | None = None) -> None:
    """A mail with a link to a new password, if this address has an account; nothing tells the caller whether."""
    person = Person.objects.active().filter(email=email.strip().lower()).first()
    if person is None:
        return
    write_to(
        person,
        "password_reset",
        key=f"password_reset:{person.pk}:{now().isoformat()}",
        link=reset_link(person),
        minutes=MINUTES,
        by=by.full_name if by else "",
    )


def _say_password_changed(person: Person) -> None:
    write_to(
        person,
        "password_changed",
        key=f"password_changed:{person.pk}:{person.session_epoch}",
        when=now(),
        link=link_to(reverse("account_reset_password")),
    )
