"""The forms of the sign-in library, in our words and with our limits."""

import time
from typing import Any

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person

from . import actions, browser, throttle
from .links import ResetToken
from .refused import too_many
from .rules import LONGEST, PasswordRules

ANSWER_AFTER = 0.12  # seconds: asking for a new password takes this long, known address or not


class Password(forms.CharField):
    """A password as typed: blanks kept, any character but NUL, managers welcome."""

    def __init__(self, *, new: bool = False, **kwargs: Any):
        attrs = {
            "autocomplete": "new-password" if new else "current-password",
            "spellcheck": "false",
            "data-reveal": _("Show"),
            "data-hide": _("Hide"),
        }
        super().__init__(strip=False, max_length=LONGEST, widget=forms.PasswordInput(attrs=attrs), **kwargs)


class Email(forms.EmailField):
    def __init__(self, **kwargs: Any):
        attrs = {"autocomplete": "username", "inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
        super().__init__(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(value).lower()


class SignIn(library.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"] = Email()
        self.fields["password"] = Password(label=_("Password"))
        self.fields["remember"].label = _("Stay signed in on this device")
        self.order_fields(["login", "password", "remember"])


class NewPassword(forms.Form):
    """Two fields for a new password; `person` is who will have it."""

    password1 = Password(new=True, label=_("New password"))
    password2 = Password(new=True, label=_("New password again"))
    person: Person | None = None

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PasswordRules().get_help_text()

    def clean_password1(self) -> str:
        validate_password(self.cleaned_data["password1"], self.person)
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any] | None:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        return self.cleaned_data


class ChangePassword(NewPassword):
    oldpassword = Password(label=_("Present password"))
    field_order = ["oldpassword", "password1", "password2"]

    def __init__(self, user: Person, *args: Any, **kwargs: Any):
        self.user = self.person = user
        super().__init__(*args, **kwargs)

    def clean_oldpassword(self) -> str:
        check_present(self.user, self.cleaned_data["oldpassword"])
        return self.cleaned_data["oldpassword"]

    def save(self) -> None:
        get_adapter().set_password(self.user, self.cleaned_data["password1"])


class PasswordByLink(NewPassword):
    def __init__(self, *args: Any, user: Person | None = None, temp_key: str = "", **kwargs: Any):
        self.person = user
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        get_adapter().set_password(self.person, self.cleaned_data["password1"])


class ResetKey(library.UserTokenForm):
    token_generator = ResetToken()


class Forgotten(forms.Form):
    email = Email()

    def save(self, request: HttpRequest) -> None:
        """Sends the link if there is an account; takes as long and answers the same if not."""
        started, email = time.monotonic(), self.cleaned_data["email"]
        try:
            with throttle.counted("reset", email, browser.visitor(request, email)):
                actions.send_reset_link(email=email)
        except throttle.TooMany as refusal:
            raise ImmediateHttpResponse(too_many(request, refusal.until)) from None
        time.sleep(max(0.0, ANSWER_AFTER - (time.monotonic() - started)))


def check_present(person: Person, password: str) -> None:
    """The present password again, counted like a sign-in; raises ValidationError."""
    request = context.request
    try:
        with throttle.counted("present", person.email, browser.visitor(request, person.email)) as attempt:
            if not person.check_password(password):
                raise ValidationError(_("This is not your present password."))
            attempt.was_right()
    except throttle.TooMany as refusal:
        raise ImmediateHttpResponse(too_many(request, refusal.until)) from None
