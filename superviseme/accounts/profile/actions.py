"""What people change about themselves."""

from typing import Any

from django.core import signing
from django.db import transaction
from django.urls import reverse

from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import change_email, person_link, write_profile
from superviseme.accounts.signin.actions import end_sessions
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox.letters import link_to
from superviseme.web.time import now

SALT = "superviseme.accounts.profile.email"
MINUTES = 60


class CannotConfirm(Exception):
    """The link is too old or not for this account as it is now, or somebody else has the address."""


@transaction.atomic
def edit_profile(*, by: Person, seen: str | None = None, **fields: Any) -> None:
    """The own profile; Stale when it was changed since the form was opened."""
    if write_profile(by, fields, seen):
        announce(Verb.PROFILE_EDITED, by, by=by, title="", link="/profile", fields=sorted(fields))


@transaction.atomic
def set_theme(*, by: Person, theme: str) -> None:
    if theme != by.theme:
        by.theme = theme
        by.save(update_fields=["theme"])


@transaction.atomic
def set_language(*, by: Person, language: str) -> None:
    if language != by.language:
        by.language = language
        by.save(update_fields=["language"])


@transaction.atomic
def ask_for_email(*, by: Person, email: str) -> None:
    """A link to the new address, a notice to the old one. Whether somebody else has the address is not told here."""
    email = email.strip().lower()
    token = signing.dumps({"person": by.pk, "email": email, "was": by.email, "epoch": by.session_epoch}, salt=SALT)
    moment = now().isoformat()
    if not Person.objects.filter(email=email).exists():
        link = link_to(reverse("profile_email_confirmation", args=[token]))
        write_to(by, "email_change", key=f"email_change:{by.pk}:{moment}", address=email, link=link, minutes=MINUTES)
    _tell_old_address(by, to=by.email, new=email, done=False, key=f"email_change_notice:{by.pk}:{moment}")


@transaction.atomic
def confirm_email(*, token: str, by: Person) -> str:
    """The address of the link becomes the address of the account; returns it. Ends every other session."""
    wanted = read_email_token(token, by)
    was = by.email
    if not change_email(person=by, email=wanted):
        raise CannotConfirm
    _tell_old_address(by, to=was, new=wanted, done=True, key=f"email_changed:{by.pk}:{by.session_epoch}")
    announce(Verb.PROFILE_EDITED, by, by=by, title="", link=person_link(by), fields=["email"])
    return wanted


def read_email_token(token: str, person: Person) -> str:
    try:
        found = signing.loads(token, salt=SALT, max_age=MINUTES * 60)
    except signing.BadSignature:
        raise CannotConfirm from None
    if (found["person"], found["was"], found["epoch"]) != (person.pk, person.email, person.session_epoch):
        raise CannotConfirm
    return str(found["email"])


@transaction.atomic
def sign_out_elsewhere(*, by: Person) -> None:
    """Every session ends but the one the caller renews."""
    end_sessions(person=by)
    announce(Verb.SIGNED_OUT, by, by=by, title="", link="", elsewhere=True)


def _tell_old_address(person: Person, *, to: str, new: str, done: bool, key: str) -> None:
    link = link_to(reverse("account_reset_password"))
    write_to(person, "email_change_notice", key=key, address=to, email=new, done=done, link=link)
