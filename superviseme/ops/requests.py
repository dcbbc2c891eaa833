"""Around every request: its id, one line in the log, and the address it really came from."""

import ipaddress
import re
import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

from .metrics import counted

log = structlog.get_logger("superviseme.request")
Handler = Callable[[HttpRequest], HttpResponse]
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def identified(get_response: Handler) -> Handler:
    """A request id in every line of the log and in the answer; one given by a trusted proxy is kept."""

    def handle(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        number = (
            given if _ID.fullmatch(given) and _trusted(request.META.get("REMOTE_ADDR", "")) else secrets.token_hex(8)
        )
        start = time.perf_counter()
        with bound_contextvars(request_id=number):
            response = get_response(request)
            if not request.path.startswith(settings.STATIC_URL):
                took = time.perf_counter() - start
                _write(request, response, took)
                counted(request, response, took)
        response["X-Request-ID"] = number
        return response

    return handle


def _write(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """The route rather than the address: addresses of invitations and password links are secrets."""
    match = request.resolver_match
    person = getattr(request, "_cached_user", None)
    log.info(
        "request",
        method=request.method,
        path=f"/{match.route}" if match else request.path[:200],
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        person=getattr(person, "pk", None),
    )


def believed_proxies(get_response: Handler) -> Handler:
    """X-Forwarded-For and -Proto count only when they come through TRUSTED_PROXIES, read from the right."""

    def handle(request: HttpRequest) -> HttpResponse:
        if _trusted(request.META.get("REMOTE_ADDR", "")):
            _believe(request)
        return get_response(request)

    return handle


def _believe(request: HttpRequest) -> None:
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    for hop in reversed(hops):
        if not _is_address(hop):
            break
        request.META["REMOTE_ADDR"] = hop
        if not _trusted(hop):
            break
    if request.META.get("HTTP_X_FORWARDED_PROTO", "").strip().lower() == "https":
        request.META["wsgi.url_scheme"] = "https"
        request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined]  # as gunicorn gives it


def _trusted(address: str) -> bool:
    if not settings.TRUSTED_PROXIES or not _is_address(address):
        return False
    found = ipaddress.ip_address(address)
    return any(found in network for network in settings.TRUSTED_PROXIES)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
