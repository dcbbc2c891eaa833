"""Answers to programs: below /api/v1/ every refusal is JSON, whoever refuses. See docs/api.md."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

API = "/api/v1/"
DETAIL: dict[int, str | Promise] = {
    400: _("This request cannot be read."),
    401: _("This needs an access token: Authorization: Bearer …"),
    403: _("You may not do that."),
    404: _("There is nothing at this address, or nothing that you can see."),
    405: _("This address does not take that method."),
    409: _("Somebody changed this since you read it. Read it again."),
    411: _("This address takes nothing whose length is not said."),
    413: _("This is too large."),
    415: _("This address does not take what is sent in that form."),
    422: _("Something in it is missing or wrong."),
    429: _("Too often. Wait as many seconds as Retry-After says."),
    500: _("Something broke here. It has been written down."),
    503: _("Not now. Try again in a moment; nothing was changed."),
}


def is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(API)


def problem(status: int, reason: str | Promise = "", **more: Any) -> JsonResponse:
    """`detail` says what the status means, `reason` why, in the words of the law or the form."""
    response = JsonResponse({"detail": str(DETAIL[status]), "reason": str(reason), **more}, status=status)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response
