"""thesis_update and research_project_update become updates, and answers to them, with feedback marked as such."""

from dataclasses import dataclass
from datetime import datetime

from superviseme.notifications.catalog import Verb
from superviseme.workspaces.updates.models import Comment, Update, UpdateKind

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row
from .trees import Branch, branches

K = UpdateKind
KINDS = {
    "student_update": K.PROGRESS,
    "student_comment": K.PROGRESS,
    "progress": K.PROGRESS,
    "general": K.PROGRESS,
    "meeting": K.PROGRESS,
    "comment": K.PROGRESS,
    "update": K.PROGRESS,
    "question": K.QUESTION,
    "issue": K.PROBLEM,
    "problem": K.PROBLEM,
    "milestone": K.MILESTONE,
    "supervisor_update": K.FEEDBACK,
    "supervisor_comment": K.FEEDBACK,
    "feedback": K.FEEDBACK,
}
EMPTY = "…"


@dataclass
class Draft:
    """A row on its way to an update or a comment."""

    row: Row
    home: Home
    branch: Branch
    writer: int
    kind: UpdateKind
    text: str
    at: datetime


def import_updates(source: Source, ledger: Ledger, table: str, kind: str) -> None:
    rows = source.rows(table)
    tree = branches(rows, f"{kind}_id")
    for row in rows:
        home = ledger.home(row, kind)
        if home and home.workspace:
            ledger.lies_in(row, home)
    drafts = [draft for row in ledger.new(rows) if (draft := _draft(row, kind, tree, ledger))]
    _store_updates([d for d in drafts if d.branch.depth == 0], ledger)
    _store_comments([d for d in drafts if d.branch.depth == 1], ledger)
    _store_comments([d for d in drafts if d.branch.depth > 1], ledger, below=_first_answers(rows, tree))


def _draft(row: Row, kind: str, tree: dict[int | None, Branch], ledger: Ledger) -> Draft | None:
    home = ledger.room(row, kind)
    if home is None:
        return None
    writer = ledger.writer(row)
    meant = row.choice("update_type", KINDS, K.PROGRESS)
    if meant == K.FEEDBACK and not _may_give_feedback(row, home, writer, kind, ledger):
        row.note("update_type", "feedback is a supervisor's to give; kept without the mark")
        meant = K.PROGRESS
    if row.word("status").strip().lower() not in ("", "active"):
        row.note("status", f"«{row.line('status')[:20]}» had no effect there and has none here")
    text = row.text("content")
    if not text:
        row.note("content", "was empty")
    return Draft(row, home, tree[row.id], writer, meant, text or EMPTY, row.time_or("created_at", ledger.moment))


def _may_give_feedback(row: Row, home: Home, writer: int, kind: str, ledger: Ledger) -> bool:
    if kind == "project":
        return writer in home.seats
    return writer != home.author and (row.ref("author_id") in ledger.supervising or writer in home.supervisors)


def _store_updates(drafts: list[Draft], ledger: Ledger) -> None:
    by_row = {d.row.id: d for d in drafts}
    pairs = [
        (d.row, Update(workspace=d.home.workspace, kind=d.kind, text=d.text, created_by_id=d.writer, created_at=d.at))
        for d in drafts
    ]
    for row, update in ledger.keep(pairs):
        verb = Verb.FEEDBACK_GIVEN if update.kind == K.FEEDBACK else Verb.UPDATE_POSTED
        _stored("update", by_row[row.id], update, verb, ledger)


def _store_comments(drafts: list[Draft], ledger: Ledger, below: dict[int, int | None] | None = None) -> None:
    pairs, by_row = [], {}
    for d in drafts:
        table, number = d.row.table, d.row.id
        update = ledger.key(table, d.branch.update)
        parent = ledger.key(table, below[number]) if below else None
        if update is None or (below and parent is None):
            d.row.refuse("what it answers was refused")
            continue
        if d.branch.depth > 2:
            d.row.note("parent_id", "answers are indented once here; it stands below the first answer")
        comment = Comment(
            workspace=d.home.workspace,
            update_id=update,
            parent_id=parent,
            is_feedback=d.kind == K.FEEDBACK,
            text=d.text,
            created_by_id=d.writer,
            created_at=d.at,
        )
        pairs.append((d.row, comment))
        by_row[number] = d
    for row, comment in ledger.keep(pairs):
        verb = Verb.FEEDBACK_GIVEN if comment.is_feedback else Verb.COMMENT_POSTED
        _stored("comment", by_row[row.id], comment, verb, ledger)


def _first_answers(rows: list[Row], tree: dict[int | None, Branch]) -> dict[int, int | None]:
    """{number of an answer to an answer: the first answer above it}."""
    return {row.id: tree[row.id].comment for row in rows if tree[row.id].depth > 1}


def _stored(holder: str, d: Draft, thing: Update | Comment, verb: Verb, ledger: Ledger) -> None:
    ledger.texts.append((holder, thing.pk, d.home.room.pk, d.text))
    ledger.stirred(d.home, d.at)
    ledger.happened(verb, thing, d.at, d.writer)
