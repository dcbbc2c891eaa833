"""Reaching a workspace and the things in it; what cannot be reached does not exist (404)."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from .models import Workspace
from .oversight import note_oversight
from .queries import with_counts

T = TypeVar("T", bound=models.Model)


def workspace_for(request: HttpRequest, pk: int, **further: Any) -> Workspace:
    """The workspace with seats, people, kind and tab counts in two queries; `further` are annotations of one page."""
    rows = with_counts(Workspace.objects.visible_to(request.user)).select_related(
        "thesis__topic", "project", "frozen_by"
    )
    workspace = get_object_or_404(rows.with_people().annotate(**further), pk=pk)
    if request.method in ("GET", "HEAD"):
        note_oversight(workspace, by=request.user)
    return workspace


def deleted_workspace_for(request: HttpRequest, pk: int) -> Workspace:
    """Also a deleted one: for restoring it."""
    return get_object_or_404(Workspace.objects.reachable_by(request.user).with_people(), pk=pk)


def thing_in(workspace: Workspace, rows: Any, **keys: Any) -> Any:
    """One thing of this workspace (its `workspace` is this instance), or 404; huge numbers do not exist either."""
    if any(isinstance(v, int) and not -(2**63) <= v < 2**63 for v in keys.values()):
        raise Http404
    found = get_object_or_404(rows, workspace=workspace, **keys)
    found.workspace = workspace
    return found
