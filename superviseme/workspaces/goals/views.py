from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.web.access import signed_in

from ..room.access import workspace_for
from ..room.frame import frame


@signed_in("GET")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    return render(request, "workspaces/goals/index.html", frame(workspace, request.user, "goals"))
