"""What happened in a workspace, newest first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in

from ..room.access import workspace_for
from ..room.frame import frame
from .queries import timeline


@signed_in("GET")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    require(request.user, Action.HISTORY_VIEW, workspace)
    page = timeline(workspace, request.user, after=request.GET.get("after", ""))
    return render(request, "workspaces/history/index.html", frame(workspace, request.user, "history", page=page))
