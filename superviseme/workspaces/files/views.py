"""Pages and clicks of files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.web.access import signed_in

from ..room.access import workspace_for
from ..room.frame import frame


@signed_in("GET")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    return render(request, "layouts/workspace.html", frame(workspace, request.user, "files"))


@signed_in("GET")
def show(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    raise Http404


new = links = edit = versions = deletion = restoration = show
