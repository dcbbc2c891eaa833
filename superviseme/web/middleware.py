"""Headers on every answer, and exceptions of the domain as answers."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse

from .answers import Busy, Stale, TooOften
from .elsewhere import origin
from .errors import busy, refusal, too_often
from .uploads import is_too_large

Handler = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("X-Frame-Options", "DENY")
        response.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
        )
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        if settings.SIGN_IN_PROVIDERS:  # a form of ours may lead on to them, and to nobody else
            response._csp_update = {"form-action": sorted({origin(one.issuer) for one in settings.SIGN_IN_PROVIDERS})}  # type: ignore[attr-defined]  # read by the middleware that writes the policy
        return response

    return middleware


class refusals:  # noqa: N801 - a middleware named like its function siblings
    """Domain refusals become pages: stale 409, too large 413, too often 429. NotAllowed is a PermissionDenied: 403 by handler403."""

    def __init__(self, get_response: Handler):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.get_full_path():
            return refusal(request, 404)
        if request.method in ("POST", "PATCH") and is_too_large(request):
            return refusal(request, 413)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """A form with files that could not be kept ends here."""
        sent = request.FILES if request.method == "POST" and request.content_type == "multipart/form-data" else None
        return busy(request) if sent is not None and getattr(request, "upload_failed", False) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Stale):
            return refusal(request, 409)
        if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
            return refusal(request, 413)
        if isinstance(exception, Busy):
            return busy(request, str(getattr(exception, "words", "")))
        if isinstance(exception, TooOften):
            return too_often(request, exception.words, exception.seconds)
        if isinstance(exception, OverflowError):  # an id beyond 64 bits does not exist
            return refusal(request, 404)
        return None
