"""Updates shaped for the page: each with its thread, tags, attachments and the to-dos it names, in a fixed number of queries."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from superviseme.web.paging import Page, keyset_page
from superviseme.web.text import markdown

from ..room.models import Workspace
from ..todos.models import TodoMention
from ..todos.references import linker
from .models import Attachment, Comment, Tag, Update


def updates_page(workspace: Workspace, *, after: str = "", kind: str = "", tag: str = "") -> Page:
    rows = _full(Update.objects.live().filter(workspace=workspace))
    if kind:
        rows = rows.filter(kind=kind)
    if tag:
        rows = rows.filter(tags__folded=tag.casefold())
    page = keyset_page(rows, order=("-created_at", "-pk"), after=after)
    dress(page.rows, workspace)
    return page


def one_update(workspace: Workspace, update: Update) -> Update:
    """The update again, with all that its card shows."""
    found = _full(Update.objects.filter(pk=update.pk)).get()
    dress([found], workspace)
    return found


def dress(updates: Iterable[Update], workspace: Workspace) -> None:
    """Give each update `.thread` (comments with `.replies_shown`) and each text `.html` with linked references."""
    updates = list(updates)
    todos = _mentioned(updates, workspace)
    for update in updates:
        update.workspace = workspace
        update.html = markdown(update.text, linker(todos.get(("update", update.pk), [])))
        for comment in update.all_comments:
            comment.workspace, comment.update = workspace, update
            comment.html = markdown(comment.text, linker(todos.get(("comment", comment.pk), [])))
        update.thread = _thread(update.all_comments)


def _full(rows: QuerySet) -> Any:
    return rows.select_related("created_by").prefetch_related(
        Prefetch(
            "comments",
            Comment.objects.select_related("created_by").order_by("created_at", "pk"),
            to_attr="all_comments",
        ),
        Prefetch("tags", Tag.objects.order_by("pk")),
        Prefetch("attachments", Attachment.objects.select_related("version__document")),
    )


def _mentioned(updates: list[Update], workspace: Workspace) -> dict[tuple[str, int | None], list[Any]]:
    ids = [u.pk for u in updates]
    found: dict[tuple[str, int | None], list[Any]] = {}
    rows = TodoMention.objects.filter(Q(update__in=ids) | Q(comment__update__in=ids), todo__deleted_at=None)
    for row in rows.select_related("todo"):
        key = ("update", row.update_id) if row.update_id else ("comment", row.comment_id)
        found.setdefault(key, []).append(row.todo)
    return found


def _thread(comments: list[Comment]) -> list[Comment]:
    """Top comments with their replies; a deleted one stays as a gap only while live answers hang on it."""
    for comment in comments:
        comment.replies_shown = [c for c in comments if c.parent_id == comment.pk and not c.deleted_at]
    return [c for c in comments if c.parent_id is None and (not c.deleted_at or c.replies_shown)]
