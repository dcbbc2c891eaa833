"""Which of our languages a browser asks for."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

ASKED = 300  # characters of a header that are read


def spoken(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def asked_for(request: HttpRequest) -> str:
    """What was chosen in this browser, else what it is set to; empty when that is none of ours."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if spoken(chosen):
        return chosen
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:ASKED]):
        try:
            return "" if code == "*" else get_supported_language_variant(code)
        except LookupError:
            continue
    return ""
