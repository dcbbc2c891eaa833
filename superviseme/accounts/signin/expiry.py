"""The accounts of a smoke test are dead after ten minutes, removed or not."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from superviseme.web.time import now

LASTS = timedelta(minutes=10)


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_smoke and now() - request.user.joined_at > LASTS:
            logout(request)
        return get_response(request)

    return handle
