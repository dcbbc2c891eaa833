"""The student's desk: my thesis, next steps, last feedback."""

from dataclasses import dataclass
from typing import Any

from superviseme.policy.roles import Kind, Seat
from superviseme.theses.states import ENDED
from superviseme.workspaces.models import Comment, Todo, Update, Workspace
from superviseme.workspaces.room.kinds import Head, head_of


@dataclass(frozen=True)
class MyThesis:
    workspace: Any
    head: Head
    todos: list[Any]
    feedback: Any
    others: list[Any]


def my_thesis(person: Any) -> MyThesis | None:
    """The newest running thesis, else the newest; None without any."""
    rows = Workspace.objects.live().filter(kind=Kind.THESIS).with_seat(person, Seat.AUTHOR)
    spaces = list(rows.select_related("thesis__topic").with_people().order_by("-created_at", "-pk")[:10])
    if not spaces:
        return None
    chosen = next((w for w in spaces if w.thesis.state not in ENDED and not w.frozen_at), spaces[0])
    todos = Todo.objects.live().filter(workspace=chosen, state__in=["open", "doing"]).select_related("assignee")
    return MyThesis(
        workspace=chosen,
        head=head_of(chosen, person),
        todos=sorted(
            todos.order_by("due_on", "priority")[:6], key=lambda t: (t.due_on is None, t.due_on or t.created_at.date())
        ),
        feedback=_last_feedback(chosen),
        others=[w for w in spaces if w.pk != chosen.pk],
    )


def _last_feedback(workspace: Any) -> Any:
    comment = (
        Comment.objects.live()
        .filter(workspace=workspace, is_feedback=True)
        .select_related("created_by")
        .order_by("-created_at")
        .first()
    )
    update = (
        Update.objects.live()
        .filter(workspace=workspace, kind="feedback")
        .select_related("created_by")
        .order_by("-created_at")
        .first()
    )
    found = [f for f in (comment, update) if f]
    return max(found, key=lambda f: f.created_at, default=None)
