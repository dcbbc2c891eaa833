"""The page for people about what programs can ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.web.access import anyone

from .throttle import PER_MINUTE
from .tokens.queries import PREFIX
from .v1.api import described


@anyone("GET", reason="how to ask says nothing of what is there")
def page(request: HttpRequest) -> HttpResponse:
    example = f'curl -H "Authorization: Bearer {PREFIX}…" {settings.BASE_URL}/api/v1/workspaces'
    context = {"groups": _groups(), "per_minute": PER_MINUTE, "example": example}
    return render(request, "api/page.html", context)


def _groups() -> dict[str, list[tuple[str, str, str]]]:
    """(method, address, words) of every address by the noun it is about."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for address, methods in described()["paths"].items():
        for method, about in methods.items():
            found.setdefault(about["tags"][0], []).append((method.upper(), address, about["summary"]))
    return found
