"""Asking other servers. Whatever they do, it costs us no more time and memory than said here.

A demonstration site asks this machine only. Redirects are not followed: who is configured is who answers.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .deadline import Deadline
from .later import later

requests = later("requests")
urllib3 = later("urllib3")
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
    try:
        with Deadline(within) as deadline, requests.Session() as session:
            session.trust_env = settings.SITE_MODE != "demo"  # a proxy would be another machine
            session.auth = _as_it_is  # without it a .netrc would write its own passwords into the request
            session.adapters = dict.fromkeys(("https://", "http://"), _watching()(deadline))
            with session.request(
                method,
                address,
                headers={"Accept": "application/json", "User-Agent": "SuperviseMe", **(headers or {})},
                data=form,
                timeout=(min(CONNECT, within), within),
                allow_redirects=False,
                stream=True,
            ) as found:
                body = _read(found, deadline, most)
                return Answer(found.status_code, body, {name.lower(): value for name, value in found.headers.items()})
    except (requests.RequestException, urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as problem:
        raise Away(f"{type(problem).__name__}: {_without_secrets(problem)}") from None


@cache
def _watching() -> Any:
    """Made when it is first needed, as the library is loaded only then."""

    class Watching(requests.adapters.HTTPAdapter):  # type: ignore[misc, name-defined]  # loaded only here
        """Its connections end with the time."""

        def __init__(self, deadline: Deadline):
            super().__init__()
            self.deadline = deadline

        def get_connection_with_tls_context(self, *args: Any, **more: Any) -> Any:
            pool = super().get_connection_with_tls_context(*args, **more)
            make = pool.ConnectionCls
            pool.ConnectionCls = lambda *some, **rest: _watched(make(*some, **rest), self.deadline)
            return pool

    return Watching


def _watched(connection: Any, deadline: Deadline) -> Any:
    connect = connection.connect

    def connect_and_watch() -> None:
        connect()
        deadline.watch(connection.sock)

    connection.connect = connect_and_watch
    return connection


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


def _read(found: Any, deadline: Deadline, most: int) -> bytes:
    """Piece by piece, so that an endless answer does not hold us."""
    body = bytearray()
    while piece := found.raw.read1(PIECE, decode_content=True):
        body += piece
        if len(body) > most:
            raise Away(f"The answer is longer than {most} bytes.")
        deadline.left()
    deadline.left()  # what was read until the end of the time looks whole to the library
    return bytes(body)


def _without_secrets(problem: Exception) -> str:
    """An address may carry a code or a token in its query."""
    return " ".join(str(problem).split("?", 1)[0].split())[:200]
