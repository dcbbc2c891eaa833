"""What is deleted in a workspace and can still be restored, by the reader or by others: newest deletion first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Substr

from superviseme.accounts.models import Person
from superviseme.policy.actions import Action
from superviseme.policy.check import Verdict, can
from superviseme.site.values import setting
from superviseme.web.paging import Page, merged_page

from ..models import Comment, Update
from ..room.models import Workspace
from ..todos.references import said
from .gone import KINDS, Gone, restoration_of

SPOKEN = (Update, Comment)
COLUMNS = ("number_", "above_", "words_", "created_by_id", "deleted_by_id")


@dataclass(frozen=True)
class Lost:
    """One deleted thing: what it was, until when it comes back, and whether the reader may bring it."""

    kind: str
    title: str
    deleted_at: datetime
    by: str
    until: datetime
    restoration: str
    allowed: Verdict


def deleted_page(workspace: Workspace, person: Person, *, after: str = "") -> Page:
    """Everything for those who may delete the whole room, for others what they made; two queries."""
    rows = {kind: _rows(kind, workspace) for kind in KINDS}
    if not can(person, Action.WORKSPACE_DELETE, workspace):
        rows = {kind: part.filter(created_by=person) for kind, part in rows.items()}
    page = merged_page(rows, at="deleted_at", columns=COLUMNS, after=after)
    people = Person.objects.in_bulk({row[-1] for row in page.rows})
    return Page([_lost(workspace, person, people, *row) for row in page.rows], page.newer, page.older)


def _rows(kind: str, workspace: Workspace) -> QuerySet:
    model, _action = KINDS[kind]
    rows: QuerySet = model.objects.filter(workspace=workspace).exclude(deleted_at=None)
    if model is Comment:
        rows = rows.filter(update__deleted_at=None)  # comes back with its update
    return rows.annotate(
        number_=F("number") if hasattr(model, "number") else F("pk"),
        above_=F("update_id") if model is Comment else Value(0),
        words_=Substr("text" if model in SPOKEN else "title", 1, 400),
    )


def _lost(
    workspace: Workspace,
    person: Person,
    people: dict[int, Person],
    kind: str,
    at: datetime,
    _pk: int,
    number: int,
    above: int,
    words: str,
    creator: int,
    by: int,
) -> Lost:
    model, action = KINDS[kind]
    where = restoration_of(workspace.pk, kind, number, above)
    title = said(words, 120) if model in SPOKEN else words
    return Lost(
        kind=kind,
        title=title or "…",
        deleted_at=at,
        by=people[by].full_name if by in people else "",
        until=at + timedelta(days=setting("retention_days")),
        restoration=where,
        allowed=can(person, action, Gone(workspace, creator, at, where, action)),
    )
