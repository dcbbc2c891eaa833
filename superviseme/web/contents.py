"""Answers whose bytes people brought: they never run as a page of ours, whatever they claim to be."""

from typing import Any, cast

from django.http import HttpResponse

NOTHING = "default-src 'none'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
SHUT_IN = f"{NOTHING}; sandbox"


def guarded(response: Any, policy: str = SHUT_IN, *, keep: str = "no-store") -> HttpResponse:
    """`keep` is who may keep it and how long, as Cache-Control says it."""
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = keep
    return cast(HttpResponse, response)  # a streamed one, which Django's types tell apart
