"""Telling servers that people name, over https. Nothing of ours is reached by it, wherever a name leads.

The address that was looked up and found to be public is the very one that is connected to; a name that leads home the
second time it is asked gains nothing. Redirects are answers like any other. A demonstration site reaches its own machine
only, and nothing once others are let in; a real one never reaches itself. No proxy is asked: it would look names up by
itself. docs/decisions/webhooks.md.
"""

import ipaddress
import queue
import socket
import ssl
import threading
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .deadline import TOO_LONG, Deadline
from .elsewhere import LOOPBACK

WITHIN = 6.0  # seconds for everything
MOST = 64 * 1024  # bytes of an answer that are read
LONGEST = 300
NAT64 = ipaddress.ip_network("64:ff9b::/96")
NOT_PUBLIC = [  # beyond what the library knows of in every version
    ipaddress.ip_network(net) for net in ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/23", "fec0::/10")
]
IP = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotTold(Exception):
    """No answer. `in_doubt`: it may have been heard all the same."""

    def __init__(self, why: str, *, in_doubt: bool = False):
        super().__init__(why)
        self.in_doubt = in_doubt


@dataclass(frozen=True)
class Answer:
    status: int
    retry_after: str


def is_allowed(address: str) -> bool:
    """By its looks; where it leads is seen when it is connected to."""
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return False
    plain = host and not (parts.username or parts.password or parts.fragment) and port != 0
    if not plain or len(address) > LONGEST or not (address.isascii() and address.isprintable()) or " " in address:
        return False
    return parts.scheme in ("http", "https") if _at_home() else parts.scheme == "https"


def tell(address: str, body: bytes, headers: dict[str, str], *, within: float = WITHIN) -> Answer:
    """POST once. Any status is an answer; none within so many seconds is NotTold."""
    if not is_allowed(address):
        raise NotTold("This address is not told anything: it must be https.")
    parts = urlsplit(address)
    kind, usual = (_Sealed, 443) if parts.scheme == "https" else (_Plain, 80)
    with Deadline(within) as deadline:
        # Without a port the library would look for one behind the last colon, also within an address of version 6.
        connection = kind(parts.hostname or "", parts.port or usual)
        connection.deadline = deadline
        try:
            return _asked(connection, f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}", body, headers)
        except (OSError, HTTPException, ValueError) as problem:
            why = (
                TOO_LONG if deadline.is_over else f"{type(problem).__name__}: {problem}"
            )  # a read that was cut says anything
            raise NotTold(why[:200], in_doubt=connection.began) from None
        finally:
            connection.close()


class _Plain(HTTPConnection):
    deadline: Deadline
    began = False

    def connect(self) -> None:
        self.sock = _reach(self.host, self.port, self.deadline)


class _Sealed(HTTPSConnection):
    deadline: Deadline
    began = False

    def connect(self) -> None:
        plain = _reach(self.host, self.port, self.deadline)
        self.sock = _trust().wrap_socket(plain, server_hostname=self.host)
        self.deadline.watch(self.sock)


def _asked(connection: _Plain | _Sealed, target: str, body: bytes, headers: dict[str, str]) -> Answer:
    connection.connect()
    connection.began = True  # from here on it may have been heard
    connection.request("POST", target, body=body, headers={"User-Agent": "SuperviseMe", **headers})
    response: HTTPResponse = connection.getresponse()
    response.read(MOST)
    connection.deadline.left()  # what was read until the end of the time looks whole to the library
    return Answer(response.status, response.headers.get("Retry-After", ""))


@cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _reach(host: str, port: int, deadline: Deadline) -> socket.socket:
    """A connection to the first address of the name; all of them must be allowed."""
    found = _looked_up(host, port, deadline.left())
    if not found or not all(may_be_reached(ipaddress.ip_address(place[0].partition("%")[0])) for _, place in found):
        raise OSError(f"{host} does not lead to a public address")
    family, place = found[0]
    reached = socket.socket(family, socket.SOCK_STREAM)
    try:
        reached.settimeout(deadline.left())
        reached.connect(place)
        deadline.watch(reached)
        reached.settimeout(deadline.left())
    except OSError:
        reached.close()
        raise
    return reached


def _looked_up(host: str, port: int, within: float) -> list[tuple[int, Any]]:
    """In a thread of its own, since nothing else ends a look-up that takes too long."""
    answers: queue.Queue[Any] = queue.Queue()

    def look() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as problem:
            answers.put(problem)

    threading.Thread(target=look, daemon=True).start()
    try:
        found = answers.get(timeout=within)
    except queue.Empty:
        raise OSError(f"{host} is not found: nobody answers") from None
    if isinstance(found, Exception):
        raise OSError(f"{host} is not found: {found}")
    return [(family, place) for family, _kind, _protocol, _name, place in found]


def may_be_reached(ip: IP) -> bool:
    if is_silent():
        return False
    if _at_home():
        return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
        if inner is not None:
            return may_be_reached(inner)
    known = any(ip.version == net.version and ip in net for net in NOT_PUBLIC)
    return ip.is_global and not (known or ip.is_multicast or ip.is_reserved)


def _at_home() -> bool:
    """Demonstrations and tests reach their own machine and nothing else."""
    return settings.SITE_MODE in ("demo", "test")


def is_silent() -> bool:
    """A demonstration that is open to others: anybody signs in, and its own machine is not theirs to knock at."""
    return settings.SITE_MODE == "demo" and urlsplit(settings.BASE_URL).hostname not in LOOPBACK
