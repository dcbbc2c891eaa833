"""Files of a workspace: listed and downloaded."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from superviseme.workspaces.files.download_views import download
from superviseme.workspaces.files.queries import files_page
from superviseme.workspaces.files.views import find
from superviseme.workspaces.room.access import workspace_for

from ..tokens.models import Area
from .doors import BYTES, Room, listed, rows_of
from .things import FileOut

files = Room(Area.FILES, "Files")
F = "/workspaces/{int:pk}/files"


@files.answers("GET", F, "files", gives=rows_of(FileOut), says="Files and links, what was renewed last first")
def every_file(request: HttpRequest, pk: int, after: str = "", category: str = "") -> Any:
    return listed(files_page(workspace_for(request, pk), after=after, category=category))


@files.answers("GET", f"{F}/{{int:n}}", "file", gives=FileOut, says="One file with its versions")
def file(request: HttpRequest, pk: int, n: int) -> Any:
    return find(workspace_for(request, pk), n)


@files.answers("GET", f"{F}/{{int:n}}/versions/{{int:v}}", "file_version", gives=BYTES, says="Its bytes")
def version(request: HttpRequest, pk: int, n: int, v: int) -> HttpResponse:
    return download(request, pk, n, v)
