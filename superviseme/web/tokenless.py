"""The only doors that change something without a token of a form of ours, and why each may."""

from collections.abc import Callable
from typing import Any

from django.views.decorators.csrf import csrf_exempt

TOKENLESS = {
    "api": "whoever asks shows a token of their own in a header, which no other site's page can send for them",
    "unsubscription": "mail programs post it with one click (RFC 8058); the address is signed",
    "telegram_webhook": "Telegram calls it; the secret it was given stands in the head",
}
"""By the name of the address (every `api_…` is "api"); a test holds that no other view is exempt."""


def without_token(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    if name not in TOKENLESS:
        raise ValueError(f"{name} is not in the table of doors without a token")
    return csrf_exempt
