"""System checks: every view carries an access mark."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def every_view(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address of the site."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_view(entry, route)
        else:
            yield route, entry


@register("access")
def views_carry_marks(app_configs: Any = None, **kwargs: Any) -> list[Error]:
    return [
        Error(f"The view of /{route} has no access mark.", id="superviseme.E001", hint="See superviseme/web/access.py.")
        for route, pattern in every_view()
        if not hasattr(pattern.callback, "access_mark")
    ]
