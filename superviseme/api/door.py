"""Who stands at the door of the API: by the token shown, never by a session, so that no page of another site can act."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from superviseme.policy.check import NotAllowed
from superviseme.web.access import View, signed_in
from superviseme.web.programs import is_for_programs
from superviseme.web.tokenless import without_token

from . import throttle
from .tokens.actions import note_use
from .tokens.models import Token
from .tokens.queries import live_token

Handler = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: Handler) -> Handler:
    """Below /api/v1/ the person is the token's owner, and nobody without one."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not is_for_programs(request):
            return get_response(request)
        token = live_token(_shown(request))
        person: Any = token.person if token else AnonymousUser()
        request.user = request._cached_user = person  # type: ignore[attr-defined]  # the log of requests reads the second
        request.access_token = token  # type: ignore[attr-defined]  # read by `guarded`
        response = get_response(request)
        if token:
            note_use(token)
        return response

    return handle


def guarded(view: View, *methods: str, area: str) -> View:
    """The access mark of every address of the API."""

    @without_token("api")
    @signed_in(*methods)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token: Token = request.access_token  # type: ignore[attr-defined]  # set above: who is signed in here has one
        throttle.count(token.pk)
        if area and area not in token.areas:
            raise NotAllowed(_("This token was not made for that."))
        if request.method != "GET" and not token.writes:
            raise NotAllowed(_("This token may only read."))
        return view(request, *args, **kwargs)

    return answer


def _shown(request: HttpRequest) -> str:
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""
