"""todo and research_project_todo become to-dos that keep their number."""

from datetime import date, datetime

from superviseme.notifications.catalog import Verb
from superviseme.web.time import site_zone
from superviseme.workspaces.todos.models import Priority, Todo, TodoState

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row

S = TodoState
STATES = {
    "pending": S.OPEN,
    "open": S.OPEN,
    "active": S.OPEN,
    "in progress": S.DOING,
    "in_progress": S.DOING,
    "in-progress": S.DOING,
    "completed": S.DONE,
    "done": S.DONE,
    "cancelled": S.CANCELLED,
    "canceled": S.CANCELLED,
}
PRIORITIES = {
    "high": Priority.HIGH,
    "urgent": Priority.HIGH,
    "medium": Priority.MEDIUM,
    "normal": Priority.MEDIUM,
    "low": Priority.LOW,
}
HIGHEST = 2_000_000_000  # numbers above leave no room for new ones


def import_todos(source: Source, ledger: Ledger, table: str, kind: str) -> None:
    taken = set(Todo.objects.values_list("workspace", "number"))
    pairs: list[tuple[Row, Todo]] = []
    late: list[tuple[Row, Home, Todo]] = []
    homes: dict[int, Home] = {}
    for row in source.rows(table):
        home = ledger.home(row, kind)
        if home and home.workspace:
            ledger.lies_in(row, home)
    for row in ledger.new(source.rows(table)):
        home = ledger.room(row, kind)
        if home is None or home.workspace is None:
            continue
        todo = _todo(row, home, ledger)
        homes[row.id] = home
        if 0 < todo.number <= HIGHEST and (home.workspace.pk, todo.number) not in taken:
            taken.add((home.workspace.pk, todo.number))
            home.workspace.last_todo = max(home.workspace.last_todo, todo.number)
            pairs.append((row, todo))
        else:
            late.append((row, home, todo))
    for row, home, todo in late:
        todo.number = ledger.next_number(home, "last_todo")
        row.note("id", f"the number is taken or out of range here; it is to-do {todo.number} now")
        pairs.append((row, todo))
    for row, todo in ledger.keep(pairs):
        _stored(homes[row.id], todo, ledger)


def _todo(row: Row, home: Home, ledger: Ledger) -> Todo:
    title, whole = row.titled("title", 200, empty=f"To-do {row.id}")
    created = row.time_or("created_at", ledger.moment)
    changed = row.time("updated_at") or created
    state = row.choice("status", STATES, S.OPEN, absent=S.OPEN)
    completed = row.time("completed_at")
    closed = state in (S.DONE, S.CANCELLED)
    if completed and not closed:
        row.note("completed_at", "the to-do is open, so this time is left out")
    return Todo(
        workspace=home.workspace,
        number=row.id,
        title=title,
        description="\n\n".join(text for text in (whole, row.text("description")) if text),
        state=state,
        priority=row.choice("priority", PRIORITIES, Priority.MEDIUM, absent=Priority.MEDIUM),
        due_on=_day(row.time("due_date")),
        assignee_id=_assignee(row, home, ledger),
        closed_at=(completed or changed) if closed else None,
        created_by_id=ledger.writer(row),
        created_at=created,
        edited_at=changed if changed > created else None,
    )


def _day(at: datetime | None) -> date | None:
    return at.astimezone(site_zone()).date() if at else None


def _assignee(row: Row, home: Home, ledger: Ledger) -> int | None:
    if row.values.get("assigned_to_id") is None:
        return None
    person = ledger.person(row.ref("assigned_to_id"))
    if person is None:
        row.note("assigned_to_id", "this user is not in the file; assigned to nobody")
    elif person not in home.seats:
        row.note("assigned_to_id", "the person has no seat in this workspace; assigned to nobody")
    return person if person in home.seats else None


def _stored(home: Home, todo: Todo, ledger: Ledger) -> None:
    ledger.stirred(home, todo.created_at)
    ledger.happened(Verb.TODO_ADDED, todo, todo.created_at, todo.created_by_id)
    if todo.closed_at:
        verb = Verb.TODO_COMPLETED if todo.state == S.DONE else Verb.TODO_CANCELLED
        ledger.happened(verb, todo, todo.closed_at, None)
