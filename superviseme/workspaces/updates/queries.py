"""Updates shaped for the page: each with its thread, tags, attachments and the to-dos it names, in a fixed number of queries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from superviseme.policy.roles import Seat
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import give, prepared
from superviseme.web.text import markdown

from ..room.models import Member, Workspace
from ..room.naming import Names, Shown
from ..todos.models import TodoMention
from ..todos.references import linker_of
from .models import Attachment, Comment, Tag, Update


def written_by_others() -> Exists:
    """Of an update or comment: by somebody who holds another seat there than a supervisor's."""
    seats = Member.objects.filter(workspace=OuterRef("workspace"), person=OuterRef("created_by"))
    return Exists(seats.exclude(seat=Seat.SUPERVISOR))


def answers() -> QuerySet[Comment]:
    """What who supervises said under the update of the query around it. Who has left the thesis since did answer: whoever
    takes it over is not to answer all of it again."""
    said = Comment.objects.filter(update=OuterRef("pk"), deleted_at=None).exclude(created_by=OuterRef("created_by"))
    return said.filter(~written_by_others())


def updates_page(workspace: Workspace, *, after: str = "", kind: str = "", tag: str = "") -> Page:
    asked = _updates(workspace.pk, kind or None, tag.casefold() or None)
    page = keyset_page(asked, order=("-created_at", "-pk"), after=after)
    dress(page.rows, workspace)
    return page


@prepared
def _updates(workspace: int, kind: str | None, tag: str | None) -> QuerySet:
    rows = Update.objects.live().filter(workspace=workspace).select_related("created_by")
    rows = rows.filter(kind=kind) if kind else rows
    return rows.filter(tags__folded=tag) if tag else rows


def one_update(workspace: Workspace, update: Update) -> Update:
    """The update again, with all that its card shows."""
    found = Update.objects.select_related("created_by").get(pk=update.pk)
    dress([found], workspace)
    return found


def dress(updates: Iterable[Update], workspace: Workspace) -> None:
    """Give each update `.thread` (comments with `.replies_shown`), tags and attachments, and each text `.html` with
    linked references and the people it names."""
    updates = list(updates)
    ids = [update.pk for update in updates]
    comments = _by_update(_comments(ids).fetch())
    give(updates, "tags", _tags(ids).fetch(), by="update_id")
    give(updates, "attachments", _attachments(ids).fetch(), by="update_id")
    todos, names = _mentioned(ids), Names(workspace)
    for update in updates:
        update.workspace = workspace
        update.html = markdown(update.text, Shown(names, linker_of(todos.get(("update", update.pk), []))))
        update.all_comments = comments.get(update.pk, [])
        for comment in update.all_comments:
            comment.workspace, comment.update = workspace, update
            comment.html = markdown(comment.text, Shown(names, linker_of(todos.get(("comment", comment.pk), []))))
        update.thread = _thread(update.all_comments)


@prepared
def _comments(updates: list[int]) -> QuerySet:
    return Comment.objects.filter(update__in=updates).select_related("created_by").order_by("created_at", "pk")


@prepared
def _tags(updates: list[int]) -> QuerySet:
    return Tag.objects.filter(update__in=updates).order_by("pk")


@prepared
def _attachments(updates: list[int]) -> QuerySet:
    return Attachment.objects.filter(update__in=updates).select_related("version__document")


@prepared
def _mentions(updates: list[int]) -> QuerySet:
    rows = TodoMention.objects.filter(Q(update__in=updates) | Q(comment__update__in=updates), todo__deleted_at=None)
    return rows.select_related("todo")


def _mentioned(updates: list[int]) -> dict[tuple[str, int | None], list[Any]]:
    found: dict[tuple[str, int | None], list[Any]] = {}
    for row in _mentions(updates).fetch():
        key = ("update", row.update_id) if row.update_id else ("comment", row.comment_id)
        found.setdefault(key, []).append(row)
    return found


def _by_update(comments: list[Comment]) -> dict[int, list[Comment]]:
    found: dict[int, list[Comment]] = {}
    for comment in comments:
        found.setdefault(comment.update_id, []).append(comment)
    return found


def _thread(comments: list[Comment]) -> list[Comment]:
    """Top comments with their replies; a deleted one stays as a gap only while live answers hang on it."""
    for comment in comments:
        comment.replies_shown = [c for c in comments if c.parent_id == comment.pk and not c.deleted_at]
    return [c for c in comments if c.parent_id is None and (not c.deleted_at or c.replies_shown)]
