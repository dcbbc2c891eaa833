"""Answers: the same small template builds the page and answers the click."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme


class Stale(Exception):
    """The thing was changed by another since the form was opened (409). `current` is the thing as it is now."""

    def __init__(self, current: Any = None):
        super().__init__("changed by another since")
        self.current = current


@dataclass(frozen=True)
class Attempt:
    """What became of a form: saved, or the status with which it is shown again and the thing as another left it."""

    saved: bool = False
    status: int = 200
    current: Any = None


class Busy(Exception):
    """Too much at once (503): to be tried again in a moment; nothing was changed."""


class TooOften(Exception):
    """The same again and again (429): `words` say when it goes on; nothing was changed."""

    def __init__(self, words: str, seconds: int):
        super().__init__(words)
        self.words, self.seconds = words, max(seconds, 1)


def attempt(form: Any, action: Callable[..., object]) -> Attempt:
    """Call the action with what the form holds, if it holds what it should."""
    if not form.is_valid():
        return Attempt(status=422 if form.errors else 200)
    try:
        action(**form.cleaned_data)
    except Stale as stale:
        return Attempt(status=409, current=stale.current)
    return Attempt(saved=True)


def is_htmx(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")


def unattended(response: HttpResponse) -> HttpResponse:
    """Marks an answer to a page that asked by itself: nobody was seen by it."""
    response.asked_by_itself = True  # type: ignore[attr-defined]  # read by is_unattended alone
    return response


def is_unattended(response: HttpResponse) -> bool:
    return getattr(response, "asked_by_itself", False)


def piece(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """One partial as the answer to a click."""
    response = render(request, template, context, status=status)
    response["Vary"] = "HX-Request, Cookie"
    return response


def done(
    request: HttpRequest,
    *,
    to: str,
    template: str | None = None,
    context: dict[str, Any] | None = None,
    message: str = "",
    undo: str = "",
    link: str = "",
) -> HttpResponse:
    """A change has happened: htmx gets the changed piece (or a redirect when there is none), a plain form a 302.

    `message` is said once on the next page; `undo` is the address whose POST takes the change back, `link` the page of
    what the message speaks of. A plain form may say in a field `next` which page of ours it came from.
    """
    to = own_page(request.POST.get("next", "")) or to
    if is_htmx(request) and template:
        return piece(request, template, {**(context or {}), "said": message, "said_undo": undo, "said_link": link})
    if message:
        tags = [f"{tag}:{where}" for tag, where in (("undo", undo), ("link", link)) if where]
        messages.success(request, message, extra_tags=" ".join(tags))
    if is_htmx(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = to
        return response
    return HttpResponseRedirect(to)


def own_page(wanted: str) -> str:
    """The address of a page of ours, "" for any other."""
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""
