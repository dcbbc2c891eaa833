"""To-dos shaped for lists, the board, the desks and completion while typing."""

from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When

from ..room.models import Workspace
from .models import Todo, TodoState

COMPLETIONS = 8


def completions(workspace: Workspace, q: str) -> list[dict[str, Any]]:
    """To-dos to choose from after `@todo:`: by the start of the number or a part of the title, the open ones first."""
    words = " ".join(q[:200].replace("-", " ").split())
    rows = Todo.objects.filter(workspace=workspace, deleted_at=None)
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | (Q(number=int(words)) if words.isdecimal() and len(words) < 10 else Q(pk=None))
        )
    closed = Case(
        When(state__in=[TodoState.DONE, TodoState.CANCELLED], then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = rows.order_by(closed, "-number").values_list("number", "title")[:COMPLETIONS]
    return [{"number": number, "title": title, "text": f"@todo:{number}"} for number, title in found]
