"""Reaching a thesis by the number of its workspace."""

from django.http import Http404, HttpRequest

from superviseme.policy.roles import Kind
from superviseme.workspaces.room.access import workspace_for

from .models import Thesis


def thesis_for(request: HttpRequest, pk: int) -> Thesis:
    """The thesis of this workspace with seats, people and tab counts; 404 when it is a project or out of reach."""
    workspace = workspace_for(request, pk)
    if workspace.kind != Kind.THESIS:
        raise Http404
    workspace.thesis.workspace = workspace
    return workspace.thesis
