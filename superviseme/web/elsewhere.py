"""Asking other servers. Whatever they do, it costs us no more time and memory than said here.

A demonstration site asks this machine only. Redirects are not followed: who is configured is who answers.
"""

import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .later import later

requests = later("requests")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
CONNECT = 4.0  # seconds
PIECE = 64 * 1024


class Away(Exception):
    """No answer that could be read: not reachable, too slow, too long. The words are for administrators."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)  # names in lower case

    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Away("The answer is not JSON.") from None


def ask(
    method: str,
    address: str,
    *,
    headers: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
    within: float = 8.0,
    most: int = 1024 * 1024,
) -> Answer:
    """One request, answered within so many seconds by at most so many bytes, else Away."""
    if not is_allowed(address):
        raise Away("This address is not asked: it must be https, or a server on this machine.")
    over = time.monotonic() + within
    try:
        with requests.Session() as session:
            session.trust_env = settings.SITE_MODE != "demo"  # a proxy would be another machine
            session.auth = _as_it_is  # without it a .netrc would write its own passwords into the request
            with session.request(
                method,
                address,
                headers={"Accept": "application/json", "User-Agent": "SuperviseMe", **(headers or {})},
                data=form,
                timeout=(min(CONNECT, within), within),
                allow_redirects=False,
                stream=True,
            ) as found:
                body = _read(found, over, most)
                return Answer(found.status_code, body, {name.lower(): value for name, value in found.headers.items()})
    except (requests.RequestException, OSError, ValueError) as problem:
        raise Away(f"{type(problem).__name__}: {_without_secrets(problem)}") from None


def is_allowed(address: str) -> bool:
    """https anywhere, http on this machine; nothing but this machine for a demonstration site."""
    try:
        parts = urlsplit(address)
        here = parts.hostname in LOOPBACK
    except ValueError:
        return False
    if parts.username or parts.password or not parts.hostname:
        return False
    return parts.scheme in ("http", "https") if here else parts.scheme == "https" and settings.SITE_MODE != "demo"


def origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _as_it_is(request: Any) -> Any:
    return request


def _read(found: Any, over: float, most: int) -> bytes:
    """Piece by piece, so that neither a slow drip nor an endless answer holds us."""
    body = bytearray()
    while piece := found.raw.read1(PIECE, decode_content=True):
        body += piece
        if len(body) > most:
            raise Away(f"The answer is longer than {most} bytes.")
        if time.monotonic() > over:
            raise Away("The answer takes too long.")
    return bytes(body)


def _without_secrets(problem: Exception) -> str:
    """An address may carry a code or a token in its query."""
    return " ".join(str(problem).split("?", 1)[0].split())[:200]
