"""The student's desk: my thesis, next steps, last feedback."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet

from superviseme.accounts.models import picture_address
from superviseme.policy.roles import Kind, Seat
from superviseme.theses.states import ENDED
from superviseme.web.addresses import reverse
from superviseme.web.prepared import prepared
from superviseme.workspaces.models import Comment, Todo, Update, Workspace
from superviseme.workspaces.room.kinds import Head, head_of
from superviseme.workspaces.room.queries import give_people
from superviseme.workspaces.todos.references import said
from superviseme.workspaces.updates.models import UpdateKind

from .guest import parted, seats_of_guests

ROWS = 20


@dataclass(frozen=True)
class MyThesis:
    workspace: Any
    head: Head
    todos: list[Any]
    feedback: Any
    others: list[Any]


def theses(person: Any) -> tuple[MyThesis | None, list[Any]]:
    """The own one, and those in which somebody else's work is shared."""
    rows = _theses(person.pk, seats=(Seat.AUTHOR, *seats_of_guests(person))).fetch()
    own, guest = parted(person, give_people(rows))
    return _my_thesis(person, own), guest


@prepared
def _theses(person: int, *, seats: tuple[Seat, ...]) -> QuerySet:
    rows = Workspace.objects.live().filter(kind=Kind.THESIS).with_seat(person, *seats)
    return rows.select_related("thesis__topic").order_by("-created_at", "-pk")[:ROWS]


def _my_thesis(person: Any, spaces: list[Any]) -> MyThesis | None:
    """The newest running thesis, else the newest; None without any."""
    if not spaces:
        return None
    chosen = next((w for w in spaces if w.thesis.state not in ENDED and not w.frozen_at), spaces[0])
    return MyThesis(
        workspace=chosen,
        head=head_of(chosen, person),
        todos=sorted(_todos(chosen.pk).fetch(), key=lambda t: (t.due_on is None, t.due_on or t.created_at.date())),
        feedback=_last_feedback(chosen),
        others=[w for w in spaces if w.pk != chosen.pk],
    )


@prepared
def _todos(workspace: int) -> QuerySet:
    rows = Todo.objects.live().filter(workspace=workspace, state__in=["open", "doing"]).select_related("assignee")
    return rows.order_by("due_on", "priority")[:6]


def _last_feedback(workspace: Any) -> Any:
    """The newest of both kinds: an answer marked as feedback, or an update of that kind; one query."""
    for at, text, name, surname, who, digest, update_id in _feedback(workspace.pk).fetch():
        return {
            "at": at,
            "text": said(text, 400),
            "who": f"{name} {surname}",
            "picture": picture_address(who, digest),
            "href": reverse("update", args=[workspace.pk, update_id]),
        }
    return None


@prepared
def _feedback(workspace: int) -> QuerySet:
    by = ("name", "surname", "pk", "picture")
    columns = ("created_at", "text", *(f"created_by__{column}" for column in by), "link_id")
    of = {"workspace": workspace, "deleted_at": None}
    comments = Comment.objects.filter(**of, is_feedback=True, update__deleted_at=None).annotate(link_id=F("update_id"))
    posts = Update.objects.filter(**of, kind=UpdateKind.FEEDBACK).annotate(link_id=F("pk"))
    return comments.values_list(*columns).union(posts.values_list(*columns), all=True).order_by("-created_at")[:1]
