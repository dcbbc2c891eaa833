"""What the overview shows: a summary, never everything."""

from typing import Any

from django.db.models import F

from ..meetings.queries import next_meeting
from ..models import Document, Milestone, Todo, Update
from .models import Workspace


def summary(workspace: Workspace) -> dict[str, Any]:
    """Last update, next to-dos and meeting, milestones, latest files: one query each."""
    of = {"workspace": workspace, "deleted_at": None}
    todos = Todo.objects.filter(**of, state__in=["open", "doing"]).select_related("assignee")
    open_todos = list(todos.order_by(F("due_on").asc(nulls_last=True), "priority", "pk")[:5])
    found: dict[str, Any] = {
        "last_update": Update.objects.filter(**of).select_related("created_by").order_by("-created_at", "-pk").first(),
        "open_todos": open_todos,
        "meeting": next_meeting(workspace),
        "milestones": list(Milestone.objects.filter(**of).order_by("due_on", "pk")[:50]),
        "files": list(Document.objects.filter(**of).order_by("-created_at", "-pk")[:4]),
    }
    for thing in (found["last_update"], found["meeting"], *open_todos, *found["milestones"], *found["files"]):
        if thing is not None:
            thing.workspace = workspace
    return found
