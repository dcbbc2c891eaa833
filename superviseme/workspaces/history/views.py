"""What happened in a workspace, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.policy.check import can, require
from superviseme.web.access import signed_in

from ..room.access import workspace_for
from ..room.frame import frame
from .deleted import deleted_page
from .queries import timeline


@signed_in("GET")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    require(request.user, Action.HISTORY_VIEW, workspace)
    page = timeline(workspace, request.user, after=request.GET.get("after", ""))
    return render(request, "workspaces/history/index.html", frame(workspace, request.user, "history", page=page))


@signed_in("GET")
def deleted(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    page = deleted_page(workspace, request.user, after=request.GET.get("after", ""))
    context = frame(
        workspace, request.user, "history", page=page, everything=can(request.user, Action.WORKSPACE_DELETE, workspace)
    )
    return render(request, "workspaces/history/deleted.html", context)
