"""What a browser carries in its session between leaving for a provider and coming back."""

import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

from .provider import Claims

LASTS = 15 * 60  # seconds
MOST = 5  # windows in which somebody may be on the way at once
JOURNEYS, NEWCOMER = "provider_journeys", "provider_newcomer"


@dataclass(frozen=True)
class Journey:
    provider: str
    nonce: str
    verifier: str
    back: str  # the address the provider was told, the same both times
    next: str
    connects: int | None  # the person who connects the account, or None for signing in
    at: float


@dataclass(frozen=True)
class Newcomer:
    """Somebody whom a provider knows and we do not, and who has no address that it vouches for."""

    claims: Claims
    provider: str
    next: str


def begin(request: HttpRequest, provider: str, *, back: str, next: str, connects: int | None) -> tuple[str, Journey]:
    """A journey under a fresh state."""
    state = secrets.token_urlsafe(32)
    journey = Journey(provider, secrets.token_urlsafe(32), secrets.token_urlsafe(48), back, next, connects, time.time())
    kept = request.session.get(JOURNEYS, {})
    newest = sorted(kept.items(), key=lambda item: item[1]["at"])[-(MOST - 1) :]
    request.session[JOURNEYS] = {**dict(newest), state: asdict(journey)}
    return state, journey


def come_back(request: HttpRequest, provider: str, state: str) -> Journey | None:
    """The journey of this state, once; None when this browser never left under it, or long ago."""
    kept: dict[str, Any] = request.session.get(JOURNEYS, {})
    found = kept.pop(state, None)
    request.session[JOURNEYS] = kept
    if found is None or found["provider"] != provider or time.time() - found["at"] > LASTS:
        return None
    return Journey(**found)


def keep_newcomer(request: HttpRequest, newcomer: Newcomer) -> None:
    request.session[NEWCOMER] = asdict(newcomer)


def newcomer(request: HttpRequest) -> Newcomer | None:
    found = request.session.get(NEWCOMER)
    return Newcomer(Claims(**found["claims"]), found["provider"], found["next"]) if found else None


def forget_newcomer(request: HttpRequest) -> None:
    request.session.pop(NEWCOMER, None)
