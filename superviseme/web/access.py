"""Access marks. Every view carries one; a system check refuses views without (see checks.py).

Order of refusals: CSRF, then sign-in, then method, then 404, then 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from superviseme.policy.actions import Action
from superviseme.policy.check import require

from .errors import refusal
from .programs import is_for_programs, problem

View = Callable[..., HttpResponse]


def signed_in(*methods: str, action: Action | None = None) -> Callable[[View], View]:
    """Only signed-in people, by these methods (GET brings HEAD); with `action`, only those the law allows it.

    For rules without a thing (site roles). Rules about a thing are required by its action.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not _allowed(request, methods):
                return _not_allowed(request, methods)
            if action is not None:
                require(request.user, action)
            return _answer(view, request, *args, **kwargs)

        guarded.access_mark = "signed in" if action is None else str(action)  # type: ignore[attr-defined]  # read by web/checks.py
        guarded.access_methods = methods  # type: ignore[attr-defined]  # read by web/checks.py
        return guarded

    return mark


def anyone(*methods: str, reason: str) -> Callable[[View], View]:
    """Open to visitors; the reason says why that is right."""

    def mark(view: View) -> View:
        @wraps(view)
        def open_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _allowed(request, methods):
                return _not_allowed(request, methods)
            return _answer(view, request, *args, **kwargs)

        open_view.access_mark = f"anyone: {reason}"  # type: ignore[attr-defined]  # read by web/checks.py
        open_view.access_methods = methods  # type: ignore[attr-defined]  # read by web/checks.py
        return open_view

    return mark


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """302 to the sign-in page (htmx: HX-Redirect) that comes back here; after a click, to the page it was made on.

    Programs have no page to go to: 401."""
    if is_for_programs(request):
        return problem(401)
    target = f"{reverse('account_login')}?{urlencode({'next': _way_back(request)}, safe='/')}"
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = target
        return response
    return HttpResponseRedirect(target)


def _way_back(request: HttpRequest) -> str:
    """A page, never a door for clicks or a piece of a page; there the browser still has the drafts."""
    is_page = request.method in ("GET", "HEAD") and not request.headers.get("HX-Request")
    if is_page:
        return request.get_full_path()
    clicked_on = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(clicked_on, {request.get_host()}):
        return "/"
    place = urlsplit(clicked_on)
    return urlunsplit(("", "", place.path or "/", place.query, ""))


def _not_allowed(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    response = refusal(request, 405)
    response["Allow"] = ", ".join(methods)
    return response


def _allowed(request: HttpRequest, methods: tuple[str, ...]) -> bool:
    return request.method in methods or (request.method == "HEAD" and "GET" in methods)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Views see a HEAD as a GET: it comes without a token, so none may take it for a POST."""
    asked = request.method
    request.method = "GET" if asked == "HEAD" else asked
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = asked
