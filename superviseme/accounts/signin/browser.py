"""The mark of a browser: a signed cookie that names the accounts signed in to here before. It opens nothing."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .address import client_address
from .throttle import Visitor, account_key

NAME = "__Host-browser" if settings.HTTPS else "browser"
LASTS = 400 * 24 * 3600  # the longest browsers keep a cookie
SALT = "superviseme.accounts.signin.browser"
MOST_ACCOUNTS = 8


def visitor(request: HttpRequest, email: str) -> Visitor:
    mark, accounts = _read(request)
    return Visitor(client_address(request), browser=mark if _tag(email) in accounts else "")


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    mark, accounts = _read(request)
    kept = [_tag(email), *(tag for tag in accounts if tag != _tag(email))][:MOST_ACCOUNTS]
    response.set_cookie(
        NAME,
        signing.dumps({"mark": mark, "accounts": kept}, salt=SALT),
        max_age=LASTS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        found = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=LASTS)
        return str(found["mark"])[:40], list(found["accounts"])
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return secrets.token_urlsafe(16), []


def _tag(email: str) -> str:
    return account_key("browser", email)[:16]
