"""The API put together: its rooms, its description, its addresses."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from superviseme.web.access import anyone

from ..door import guarded
from . import files, goals, meetings, milestones, site, spaces, todos, updates, work_out
from .doors import OPENED, Api, Bearer

ABOUT = (
    "Everything here is what the pages do: the same actions, the same permissions, the same refusals. "
    "Show an access token (made on /profile/tokens) as `Authorization: Bearer …`. "
    "Lists hold 25 rows; `next` is the value of `after` for the next page."
)
ROOMS = (
    *(site.people, spaces.room, site.topics, site.notices),
    *(one.room for one in (updates, todos, milestones, goals, meetings, files)),
)


def _made() -> Api:
    api = Api(title="SuperviseMe", version="1", description=ABOUT, openapi_url=None, docs_url=None, auth=Bearer())
    for room in ROOMS:
        api.add_router("", room)
    return api


api = _made()


@cache
def described() -> dict[str, Any]:
    """The same for the life of a process."""
    work_out()
    return dict(api.get_openapi_schema(path_prefix="api/v1/"))


@anyone("GET", reason="how to ask says nothing of what is there")
def description(request: HttpRequest) -> HttpResponse:
    return JsonResponse({**described(), "servers": [{"url": settings.BASE_URL}]})


def _doors() -> Iterator[Any]:
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name in OPENED:
            opened = OPENED[pattern.name]
            view = guarded(_ready(pattern.callback), *opened.methods, area=opened.area)
            yield path(str(pattern.pattern), view, name=f"api_{pattern.name}")


def _ready(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        work_out()
        return view(request, *args, **kwargs)

    return answer


urlpatterns = [path("openapi.json", description, name="openapi"), *_doors()]
