"""Small answers to machines: robots, the icon, whom to tell of a weakness; and the page for what broke."""

import sys
from datetime import UTC, timedelta

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template import loader
from django.templatetags.static import static
from django.urls import path

from superviseme.web.access import anyone
from superviseme.web.programs import is_for_programs, problem
from superviseme.web.time import now

from . import health
from .metrics import metrics

log = structlog.get_logger("superviseme.errors")
ROBOTS = "User-agent: *\nAllow: /theses\nAllow: /$\nDisallow: /\n"


@anyone("GET", reason="search engines may read the catalogue, nothing else")
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@anyone("GET", reason="browsers ask for it on every site")
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("built/favicon.svg"))


@anyone("GET", reason="whoever found a weakness needs to know whom to tell (RFC 9116)")
def security_txt(request: HttpRequest) -> HttpResponse:
    contact = settings.SECURITY_CONTACT or settings.DEFAULT_FROM_EMAIL
    if "://" not in contact and not contact.startswith("mailto:"):
        contact = f"mailto:{contact}"
    until = (now() + timedelta(days=180)).astimezone(UTC).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {until}",
        "Preferred-Languages: en",
        f"Canonical: {settings.BASE_URL}{request.path}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def server_error(request: HttpRequest) -> HttpResponse:
    """A database that went away is 503 with Retry-After and passes; everything else is ours to mend."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    if is_for_programs(request):
        answer = problem(503 if is_away else 500)
        if is_away:
            answer["Retry-After"] = "10"
        return answer
    if is_away:
        return HttpResponse(
            loader.get_template("errors/unavailable.html").render(), status=503, headers={"Retry-After": "10"}
        )
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)


urlpatterns = [
    path("health", health.health, name="health"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("metrics", metrics, name="metrics"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
]
