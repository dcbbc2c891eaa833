"""What the overview shows: a summary, never everything."""

import datetime as dt
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from superviseme.web.addresses import reverse
from superviseme.web.prepared import prepared

from ..models import Document, Meeting, Milestone, Todo, Update
from ..todos.references import said
from .models import Workspace


def summary(workspace: Workspace) -> dict[str, Any]:
    """Last update, next to-dos, milestones, latest files: one query each; the next meeting came with the workspace."""
    found: dict[str, Any] = {
        "last_update": _last_update(workspace.pk).one(),
        "open_todos": _open_todos(workspace.pk).fetch(),
        "meeting": _coming(workspace),
        "milestones": _milestones(workspace.pk).fetch(),
        "files": _files(workspace.pk).fetch(),
    }
    found["last_said"] = said(found["last_update"].text, 280) if found["last_update"] else ""
    for thing in (found["last_update"], *found["open_todos"], *found["milestones"], *found["files"]):
        if thing is not None:
            thing.workspace = workspace
    return found


@prepared
def _last_update(workspace: int) -> QuerySet:
    rows = Update.objects.filter(workspace=workspace, deleted_at=None).select_related("created_by")
    return rows.order_by("-created_at", "-pk")[:1]


@prepared
def _open_todos(workspace: int) -> QuerySet:
    rows = Todo.objects.filter(workspace=workspace, deleted_at=None, state__in=["open", "doing"])
    return rows.select_related("assignee").order_by(F("due_on").asc(nulls_last=True), "priority", "pk")[:5]


@prepared
def _milestones(workspace: int) -> QuerySet:
    return Milestone.objects.filter(workspace=workspace, deleted_at=None).order_by("due_on", "pk")[:50]


@prepared
def _files(workspace: int) -> QuerySet:
    return Document.objects.filter(workspace=workspace, deleted_at=None).order_by("-created_at", "-pk")[:4]


def next_meeting_after(moment: dt.datetime) -> Subquery:
    """The annotation that brings the next meeting along with the workspace."""
    rows = Meeting.objects.filter(workspace=OuterRef("pk"), deleted_at=None, cancelled_at=None, starts_at__gte=moment)
    facts = JSONObject(number="number", title="title", starts_at="starts_at", place="place")
    return Subquery(rows.order_by("starts_at", "pk").values(facts=facts)[:1])


def _coming(workspace: Any) -> dict[str, Any] | None:
    facts = getattr(workspace, "next_meeting", None)
    if not facts:
        return None
    starts_at = dt.datetime.fromisoformat(facts["starts_at"])
    aware = starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=dt.UTC)
    return {**facts, "starts_at": aware, "href": reverse("meeting", args=[workspace.pk, facts["number"]])}
