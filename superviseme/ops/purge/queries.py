"""What is deleted on the whole site, the latest first; what hangs below a deleted workspace goes and comes with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.theses.models import Topic
from superviseme.web.paging import Page, merged_page
from superviseme.workspaces.history.deleted import SPOKEN
from superviseme.workspaces.history.gone import KINDS as THINGS
from superviseme.workspaces.history.gone import restoration_of
from superviseme.workspaces.models import Comment, Workspace
from superviseme.workspaces.todos.references import said

from .actions import kept

KINDS: dict[str, type[models.Model]] = {
    "workspace": Workspace,
    "topic": Topic,
    **{kind: model for kind, (model, _action) in THINGS.items()},
}
LONGEST_NAME = 40  # that anybody is asked to type; of what has no name, or a longer one, it is a word
COLUMNS = ("number_", "above_", "space_", "where_", "words_", "deleted_by_id")


@dataclass(frozen=True)
class Lost:
    kind: str
    pk: int
    title: str
    where: str
    deleted_at: datetime
    by: str
    until: datetime
    restoration: str


def deleted_page(after: str = "") -> Page:
    page = merged_page({kind: _rows(kind) for kind in KINDS}, at="deleted_at", columns=COLUMNS, after=after)
    people = Person.objects.in_bulk({row[-1] for row in page.rows})
    return Page([_lost(people, *row) for row in page.rows], page.newer, page.older)


def deleted_thing(kind: str, pk: int) -> Any:
    """The deleted thing with `.words`, and `.typed`, which who removes it types; or None."""
    model = KINDS.get(kind)
    found = model._default_manager.filter(pk=pk).exclude(deleted_at=None).first() if model else None
    if found is not None:
        spoken = kind in ("update", "comment")
        found.words = said(found.text, 120) if spoken else found.title
        found.typed = _("remove") if spoken or len(found.words) > LONGEST_NAME else found.words
    return found


def _rows(kind: str) -> QuerySet:
    model = KINDS[kind]
    rows = model._default_manager.exclude(deleted_at=None)
    inside = kind in THINGS
    if inside:
        rows = rows.filter(workspace__deleted_at=None)
    if model is Comment:
        rows = rows.filter(update__deleted_at=None)
    return rows.annotate(
        number_=F("number") if hasattr(model, "number") else F("pk"),
        above_=F("update_id") if model is Comment else Value(0),
        space_=F("workspace_id") if inside else Value(0),
        where_=Substr("workspace__title", 1, 400) if inside else Value(""),
        words_=Substr("text" if model in SPOKEN else "title", 1, 400),
    )


def _lost(
    people: dict[int, Person],
    kind: str,
    at: datetime,
    pk: int,
    number: int,
    above: int,
    space: int,
    where: str,
    words: str,
    by: int,
) -> Lost:
    back = restoration_of(space, kind, number, above) if space else reverse(f"{kind}_restoration", args=[pk])
    title = said(words, 120) if KINDS[kind] in SPOKEN else words
    who = people[by].full_name if by in people else ""
    return Lost(kind, pk, title, where, at, who, at + kept(), back)
