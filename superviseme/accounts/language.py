"""Pages in the language a person chose, else in one their browser asks for, else in the site's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from superviseme.site.values import setting
from superviseme.web.language import asked_for, spoken

from .models import Person


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        language = language_for(request)
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language",))
        return response

    return handle


def language_for(request: HttpRequest) -> str:
    chosen = request.user.language if request.user.is_authenticated else ""
    return chosen if spoken(chosen) else asked_for(request) or language_of(None)


def language_of(person: Person | None) -> str:
    """What is written to them, mail above all: the language they chose, else the site's."""
    return person.language if person and spoken(person.language) else str(setting("language"))
