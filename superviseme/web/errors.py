"""Pages for what did not work; each says what would help."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .programs import is_for_programs, problem


def refusal(request: HttpRequest, status: int, reason: str = "", **context: Any) -> HttpResponse:
    """A whole error page, or for htmx the small notice that replaces the message region, or JSON for programs."""
    if is_for_programs(request):
        return problem(status, reason)
    template = "errors/_notice.html" if request.headers.get("HX-Request") else f"errors/{status}.html"
    response = render(request, template, {"status": status, "reason": reason, **context}, status=status)
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = "#notices"
        response["HX-Reswap"] = "innerHTML"
    return response


def busy(request: HttpRequest, reason: str = "") -> HttpResponse:
    response = refusal(request, 503, reason=reason)
    response["Retry-After"] = "5"
    return response


def too_often(request: HttpRequest, reason: str, seconds: int) -> HttpResponse:
    response = refusal(request, 429, reason=reason)
    response["Retry-After"] = str(seconds)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refusal(request, 400, reason="csrf")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return refusal(request, 413)
    return refusal(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal(request, 403, reason=str(getattr(exception, "reason", "")))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal(request, 404)
