"""What every page may use: see docs/interface.md."""

from contextvars import ContextVar
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.site.values import setting

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)
"""The request whose page is being written; only for the token field of forms (web/jinja.py)."""


def page(request: HttpRequest) -> dict[str, Any]:
    current_request.set(request)
    user = getattr(request, "user", None)
    return {
        "user": user,
        "can": partial(can, user),
        "Action": Action,
        "site": {
            "name": setting("site_name"),
            "mode": settings.SITE_MODE,
            "base_url": settings.BASE_URL,
            "logo": setting("logo"),
            "providers": settings.SIGN_IN_PROVIDERS,
            "is_open": setting("sign_up") != "invited",
        },
        "theme": getattr(user, "theme", "system") or "system",
        "messages": _messages(request),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }


def _messages(request: HttpRequest) -> Any:
    from django.contrib.messages import get_messages  # optional: absent where a page has no session

    return get_messages(request) if hasattr(request, "_messages") else []
