"""How the sign-in library meets our house: it asks here, and here actions are called."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person

from . import actions, browser, throttle
from .address import client_address
from .refused import too_many

SAID = {
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your new password holds from now on. Other browsers were signed out."),
}


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "E-mail and password do not match, or this account is not in use. Try again, or choose a new password."
        ),
        "enter_current_password": _("This is not your present password."),
        "invalid_password_reset": _("This link cannot be used any more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False  # pages only: no second way of answering

    def is_safe_url(self, url: str) -> bool:
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Counted before it is hashed; a disabled account answers like a wrong password."""
        email = credentials.get("email", "")
        visitor = browser.visitor(request, email)
        try:
            with throttle.counted("sign-in", email, visitor) as attempt:
                person = authenticate(request, email=email, password=credentials.get("password"))
                if person is not None:
                    attempt.was_right()
        except throttle.TooMany as refusal:
            raise ImmediateHttpResponse(too_many(request, refusal.until)) from None
        if person is None:
            actions.record_failure(email=email, address=visitor.address)
        return person

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        if user.approved_at is None:
            return render(request, "account/waiting.html", status=403)
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        actions.record_sign_in(by=user, address=client_address(request))

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        browser.remember(request, response, user.email)
        return response

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Person):
            actions.record_sign_out(by=request.user)
        super().logout(request)

    def set_password(self, user: Person, password: str) -> None:
        actions.change_password(person=user, password=password, by=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template in SAID:
            messages.add_message(request, level, SAID[message_template])

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """The library's own letters stay unsent: ours leave by the outbox, from actions."""
