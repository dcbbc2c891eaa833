"""What a password must be: long, and not among the first that somebody would try. Nothing else is asked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from superviseme.policy.roles import Role
from superviseme.site.values import setting

from .guessable import is_guessable

LENGTH, ADMIN_LENGTH, LONGEST = 12, 15, 1024


class PasswordRules:
    """A validator of AUTH_PASSWORD_VALIDATORS; `user` may be somebody not yet saved."""

    def validate(self, password: str, user: Any = None) -> None:
        least = least_length(user)
        if len(password) < least:
            raise ValidationError(
                _("Take at least %(n)s characters; several words are easy to remember.") % {"n": least}
            )
        if len(password) > LONGEST:
            raise ValidationError(_("At most %(n)s characters, please.") % {"n": LONGEST})
        if is_guessable(password, about=_about(user)):
            raise ValidationError(_("This is among the first that somebody would try. Add some unrelated words."))

    def get_help_text(self) -> str:
        return _("At least %(n)s characters; administrators %(m)s. Several unrelated words do well.") % {
            "n": LENGTH,
            "m": ADMIN_LENGTH,
        }


def least_length(user: Any) -> int:
    return ADMIN_LENGTH if user is not None and Role.ADMIN in user.roles else LENGTH


def _about(user: Any) -> list[str]:
    return [setting("site_name"), *((user.name, user.surname, user.email) if user is not None else ())]
