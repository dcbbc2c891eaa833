"""What the overview shows: a summary, never everything."""

import datetime as dt
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from superviseme.web.addresses import reverse
from superviseme.web.time import now

from ..models import Document, Meeting, Milestone, Todo, Update
from .models import Workspace


def summary(workspace: Workspace) -> dict[str, Any]:
    """Last update, next to-dos, milestones, latest files: one query each; the next meeting came with the workspace."""
    of = {"workspace": workspace, "deleted_at": None}
    todos = Todo.objects.filter(**of, state__in=["open", "doing"]).select_related("assignee")
    open_todos = list(todos.order_by(F("due_on").asc(nulls_last=True), "priority", "pk")[:5])
    found: dict[str, Any] = {
        "last_update": Update.objects.filter(**of).select_related("created_by").order_by("-created_at", "-pk").first(),
        "open_todos": open_todos,
        "meeting": _coming(workspace),
        "milestones": list(Milestone.objects.filter(**of).order_by("due_on", "pk")[:50]),
        "files": list(Document.objects.filter(**of).order_by("-created_at", "-pk")[:4]),
    }
    for thing in (found["last_update"], *open_todos, *found["milestones"], *found["files"]):
        if thing is not None:
            thing.workspace = workspace
    return found


def with_next_meeting() -> dict[str, Subquery]:
    """The annotation that brings the next meeting along with the workspace."""
    coming = Meeting.objects.filter(workspace=OuterRef("pk"), deleted_at=None, cancelled_at=None, starts_at__gte=now())
    facts = JSONObject(number="number", title="title", starts_at="starts_at", place="place")
    return {"next_meeting": Subquery(coming.order_by("starts_at", "pk").values(facts=facts)[:1])}


def _coming(workspace: Any) -> dict[str, Any] | None:
    facts = getattr(workspace, "next_meeting", None)
    if not facts:
        return None
    starts_at = dt.datetime.fromisoformat(facts["starts_at"])
    aware = starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=dt.UTC)
    return {**facts, "starts_at": aware, "href": reverse("meeting", args=[workspace.pk, facts["number"]])}
