"""Reaching a workspace and the things in it; what cannot be reached does not exist (404)."""

import datetime as dt
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from superviseme.web.prepared import prepared

from .kinds import for_notes
from .models import Workspace
from .oversight import note_oversight
from .overview import next_meeting_after
from .queries import give_people, with_counts

T = TypeVar("T", bound=models.Model)


def workspace_for(
    request: HttpRequest, pk: int, *, meeting_after: dt.datetime | None = None, noted_on: dt.date | None = None
) -> Workspace:
    """The workspace with seats, people, kind and tab counts in two queries; with a moment, the next meeting as well,
    and with a day, what the notes of the overview need."""
    workspace: Workspace = _visible(request.user, pk, meeting_after, noted_on).one_or_404()
    give_people([workspace])
    if request.method in ("GET", "HEAD"):
        note_oversight(workspace, by=request.user)
    return workspace


@prepared
def _visible(person: Any, pk: int, meeting_after: dt.datetime | None, noted_on: dt.date | None) -> QuerySet:
    rows = with_counts(Workspace.objects.visible_to(person)).filter(pk=pk)
    rows = rows.select_related("thesis__topic", "project", "frozen_by")
    rows = rows if noted_on is None else rows.annotate(**for_notes(noted_on))
    return rows if meeting_after is None else rows.annotate(next_meeting=next_meeting_after(meeting_after))


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
