"""What the site answers meanwhile: 503 and a page for people, everything as always for who holds a pass."""

from collections.abc import Callable

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import loader
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers

from superviseme.web.language import asked_for
from superviseme.web.programs import is_for_programs, problem
from superviseme.web.time import now

from .flag import Maintenance, state

Handler = Callable[[HttpRequest], HttpResponse]
WAY_IN = "/maintenance/"
HEADER = "X-Maintenance-Pass"
SALT = "superviseme.maintenance"
PASS_LASTS = 12 * 3600  # seconds
SOONEST, LATEST = 30, 3600  # seconds a program is asked to wait


def middleware(get_response: Handler) -> Handler:
    """Before anything that asks the database; after what serves style and script."""

    def handle(request: HttpRequest) -> HttpResponse:
        standing = state()
        if standing is None or request.path.startswith(settings.STATIC_URL):
            return get_response(request)
        if request.path.startswith(WAY_IN) and holds_pass(request.path.removeprefix(WAY_IN), standing):
            return _let_in(request, request.path.removeprefix(WAY_IN))
        if not may_pass(request, standing):
            return closed(request, standing)
        request.maintenance = standing  # type: ignore[attr-defined]  # the frame reminds of it
        return get_response(request)

    return handle


def closed(request: HttpRequest, standing: Maintenance) -> HttpResponse:
    # Not the zone and language of the settings page: there may be no database.
    language = asked_for(request) or settings.LANGUAGE_CODE
    with timezone.override(settings.SITE_TIME_ZONE), translation.override(language):
        page = loader.get_template("errors/maintenance.html").render({"until": standing.until})
    wait = (standing.until - now()).total_seconds()
    response: HttpResponse = problem(503) if is_for_programs(request) else HttpResponse(page, status=503)
    response["Retry-After"] = str(int(min(max(wait, SOONEST), LATEST)))
    add_never_cache_headers(response)
    response._has_been_logged = True  # type: ignore[attr-defined]  # no error: Django would log one for every request
    return response


def passing(standing: Maintenance) -> str:
    """A pass for this maintenance only, signed with the site's key."""
    return signing.dumps(standing.number, salt=SALT, compress=False)


def link(standing: Maintenance) -> str:
    return f"{settings.BASE_URL}{WAY_IN}{passing(standing)}"


def may_pass(request: HttpRequest, standing: Maintenance) -> bool:
    return any(
        holds_pass(given, standing) for given in (request.headers.get(HEADER), request.COOKIES.get(cookie())) if given
    )


def holds_pass(given: str, standing: Maintenance) -> bool:
    try:
        number = signing.loads(given, salt=SALT, max_age=PASS_LASTS)
    except signing.BadSignature:
        return False
    return bool(number) and number == standing.number


def cookie() -> str:
    return f"{'__Host-' if settings.HTTPS else ''}maintenance"


def _let_in(request: HttpRequest, given: str) -> HttpResponse:
    response = HttpResponseRedirect("/")
    response.set_cookie(cookie(), given, max_age=PASS_LASTS, httponly=True, samesite="Lax", secure=settings.HTTPS)
    add_never_cache_headers(response)
    return response
