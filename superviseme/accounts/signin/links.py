"""The link by which a person chooses a new password: one use, half an hour, dead when anything about the account changes."""

from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from superviseme.accounts.models import Person
from superviseme.outbox.letters import link_to

MINUTES = settings.PASSWORD_RESET_TIMEOUT // 60


class ResetToken(PasswordResetTokenGenerator):
    key_salt = "superviseme.accounts.signin.links"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}:{user.session_epoch}:{user.is_active}"


def reset_link(person: Person) -> str:
    token = ResetToken().make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token})
    return link_to(path)
