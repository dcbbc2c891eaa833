"""What of a timeline is deleted: nothing leads there any more, but a way back is offered to who may take it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from superviseme.events.models import Event
from superviseme.policy.actions import Action
from superviseme.web.addresses import reverse
from superviseme.web.prepared import prepared

from ..models import Comment, Document, Goal, Meeting, Milestone, Todo, Update
from ..room.models import Workspace

KINDS: dict[str, tuple[Any, Action]] = {
    "update": (Update, Action.UPDATE_RESTORE),
    "comment": (Comment, Action.COMMENT_RESTORE),
    "todo": (Todo, Action.TODO_RESTORE),
    "goal": (Goal, Action.GOAL_RESTORE),
    "milestone": (Milestone, Action.MILESTONE_RESTORE),
    "meeting": (Meeting, Action.MEETING_RESTORE),
    "file": (Document, Action.FILE_RESTORE),
}
Key = tuple[str, int]


@dataclass(frozen=True)
class Gone:
    """As much of a deleted thing as the law asks for; a comment that went with its update is not deleted itself."""

    workspace: Workspace
    creator_id: int
    deleted_at: datetime | None
    restoration: str
    action: Action


def gone(workspace: Workspace, events: Iterable[Event]) -> dict[Key, Gone]:
    """By label and id of the thing, in one query."""
    named: dict[str, set[int]] = {}
    for event in events:
        if event.thing_id:
            named.setdefault(event.thing, set()).add(event.thing_id)
    ids = [sorted(named.get(model._meta.label_lower, ())) or None for model, _action in KINDS.values()]
    found = _hidden(workspace.pk, *ids).fetch() if any(ids) else []
    return dict(_gone(workspace, *row) for row in found)


@prepared
def _hidden(workspace: int, *ids: list[int] | None) -> QuerySet:
    first, *others = [_rows(kind, workspace, of) for kind, of in zip(KINDS, ids, strict=True) if of is not None]
    return first.union(*others, all=True)


def _rows(kind: str, workspace: int, ids: list[int]) -> Any:
    model = KINDS[kind][0]
    is_comment = model is Comment
    hidden = ~Q(deleted_at=None) | ~Q(update__deleted_at=None) if is_comment else ~Q(deleted_at=None)
    number = F("number") if hasattr(model, "number") else F("pk")
    above = F("update_id") if is_comment else Value(0)
    rows = model.objects.filter(hidden, workspace=workspace, pk__in=ids).order_by()
    rows = rows.annotate(kind_=Value(kind), number_=number, above_=above)
    return rows.values_list("kind_", "pk", "number_", "above_", "created_by_id", "deleted_at")


def _gone(
    workspace: Workspace, kind: str, pk: int, number: int, above: int, creator: int, at: datetime | None
) -> tuple[Key, Gone]:
    model, action = KINDS[kind]
    where = restoration_of(workspace.pk, kind, number, above)
    return (model._meta.label_lower, pk), Gone(workspace, creator, at, where, action)


def restoration_of(space: int, kind: str, number: int, above: int = 0) -> str:
    """The address whose POST restores it; `above` is the update of a comment."""
    return reverse(f"{kind}_restoration", args=[space, *([above] if above else []), number])
