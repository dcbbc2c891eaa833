"""To-dos shaped for the list, the board, the page of one, the desks, and completion while typing."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, DateField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from superviseme.web.paging import PAGE, Page, keyset_page
from superviseme.web.prepared import Asked, prepared
from superviseme.web.text import markdown
from superviseme.web.time import today

from ..room.models import Member, Workspace
from .models import Todo, TodoMention, TodoState
from .references import linker, resolve

OPEN = (TodoState.OPEN, TodoState.DOING)
CLOSED = (TodoState.DONE, TodoState.CANCELLED)
NO_DAY = dt.date(9999, 12, 31)
BY_DAY, BY_END = ("day", "priority", "number"), ("-closed_at", "-number")
COMPLETIONS = 8
LATELY_DONE = 10
GROUPS = {
    "overdue": (_("Overdue"), "urgent"),
    "week": (_("This week"), ""),
    "later": (_("Later"), ""),
    "none": (_("No date"), ""),
}


@dataclass(frozen=True)
class Filters:
    """From the address: `assignee` is "", "me", "nobody" or a person's id; `state` is "" (open ones) or a state."""

    assignee: str = ""
    state: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        return (self.state,) if self.state else OPEN

    def means(self, assignee: int | None, person: Any) -> bool:
        matters, whose = self.whose(person)
        return not matters or assignee == whose

    def whose(self, person: Any) -> tuple[bool, int | None]:
        """(whether it matters who has the to-do, who that is)."""
        if self.assignee in ("", "nobody"):
            return bool(self.assignee), None
        return True, person.pk if self.assignee == "me" else int(self.assignee)


@dataclass(frozen=True)
class Group:
    title: str | Promise
    kind: str
    count: int
    rows: list[Todo] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """How many live to-dos there are: open ones by assignee; those of the chosen assignee by state and by group."""

    by_assignee: dict[int | None, int]
    by_state: dict[str, int]
    by_group: dict[str, int]

    @property
    def open(self) -> int:
        return self.by_state.get(TodoState.OPEN, 0) + self.by_state.get(TodoState.DOING, 0)


def counts(workspace: Workspace, person: Any, filters: Filters) -> Counts:
    """One query for all the numbers of the page."""
    found = Counts(Counter(), Counter(), Counter())
    for assignee, state, group, n in _numbers(workspace.pk, today(), _sunday()).fetch():
        if state in OPEN:
            found.by_assignee[assignee] += n
        if filters.means(assignee, person):
            found.by_state[state] += n
        if filters.means(assignee, person) and state in filters.states:
            found.by_group[group] += n
    return found


@prepared
def _numbers(workspace: int, day: dt.date, sunday: dt.date) -> QuerySet:
    """To-dos by assignee, state and group; the groups as `_group_of` makes them."""
    ways = [("none", Q(due_on=None)), ("overdue", Q(due_on__lt=day)), ("week", Q(due_on__lte=sunday))]
    cases = [When(way, then=Value(name)) for name, way in ways]
    group = Case(*cases, default=Value("later"), output_field=CharField())
    rows = Todo.objects.filter(workspace=workspace, deleted_at=None).order_by().annotate(group=group)
    return rows.values_list("assignee", "state", "group").annotate(n=Count("pk"))


@prepared
def _todos(workspace: int, assignee: int | None, *, whoever: bool, states: tuple[str, ...], by_day: bool) -> QuerySet:
    rows = Todo.objects.filter(workspace=workspace, deleted_at=None, state__in=states).select_related("assignee")
    rows = rows if whoever else rows.filter(assignee=assignee)
    return _by_day(rows) if by_day else rows


def _wanted(workspace: Workspace, person: Any, filters: Filters, *states: str, by_day: bool = False) -> Asked:
    matters, whose = filters.whose(person)
    return _todos(workspace.pk, whose, whoever=not matters, states=states, by_day=by_day)


def open_page(
    workspace: Workspace, person: Any, filters: Filters, counted: Counts, after: str = ""
) -> tuple[Page, list[Group]]:
    """25 open to-dos by day and priority, in groups: overdue, this week, later, without a day."""
    rows = _wanted(workspace, person, filters, *filters.states, by_day=True)
    page = keyset_page(rows, order=BY_DAY, after=after)
    _dress(page.rows, workspace)
    return page, _groups(page.rows, counted)


def closed_page(workspace: Workspace, person: Any, filters: Filters, after: str = "") -> Page:
    """25 done (or cancelled) to-dos, the latest first."""
    rows = _wanted(workspace, person, filters, filters.state or TodoState.DONE)
    page = keyset_page(rows, order=BY_END, after=after)
    _dress(page.rows, workspace)
    return page


def lately_done(workspace: Workspace, person: Any, filters: Filters) -> list[Todo]:
    rows = _wanted(workspace, person, filters, TodoState.DONE)
    return _dress(rows.fetch(order=BY_END, most=LATELY_DONE), workspace)


def board(workspace: Workspace, person: Any, filters: Filters) -> dict[str, list[Todo]]:
    """The first 25 of each column; what is done by when it was, the rest by day."""
    columns = {
        str(state): _wanted(workspace, person, filters, state, by_day=True).fetch(order=BY_DAY, most=PAGE)
        for state in OPEN
    }
    columns["done"] = _wanted(workspace, person, filters, TodoState.DONE).fetch(order=BY_END, most=PAGE)
    return {state: _dress(rows, workspace) for state, rows in columns.items()}


def one_todo(todo: Todo) -> Todo:
    """With its description as HTML in `.html`."""
    todo.html = markdown(todo.description, linker(resolve(todo.workspace, todo.description)))
    return todo


def mentions(todo: Todo, after: str = "") -> Page:
    """Live updates, comments and meetings of this workspace that name the to-do, the newest first."""
    in_update = Q(update__deleted_at=None, update__isnull=False)
    in_comment = Q(comment__deleted_at=None, comment__isnull=False, comment__update__deleted_at=None)
    in_meeting = Q(meeting__deleted_at=None, meeting__isnull=False)
    rows = TodoMention.objects.filter(in_update | in_comment | in_meeting, todo=todo)
    people = ("update__created_by", "comment__created_by", "comment__update", "meeting__created_by")
    page = keyset_page(rows.select_related(*people), order=("-pk",), after=after)
    for row in page.rows:
        row.place = row.update or row.comment or row.meeting
    return page


def open_todos(workspace: Workspace, limit: int = 5) -> list[Todo]:
    """What comes next here, for the overview."""
    rows = _todos(workspace.pk, None, whoever=True, states=OPEN, by_day=True)
    return _dress(rows.fetch(order=BY_DAY, most=limit), workspace)


def completions(workspace: Workspace, q: str) -> list[dict[str, Any]]:
    """To-dos to choose from after `@todo:`: by the start of the number or a part of the title. Titles in which a word starts
    so come before those that have it inside a word, open ones before closed ones."""
    words = " ".join(q[:200].replace("-", " ").replace("\x00", "").split())
    rows = Todo.objects.filter(workspace=workspace, deleted_at=None).annotate(digits=Cast("number", CharField()))
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(digits__startswith=words))
    starts = Q(title__istartswith=words) | Q(title__icontains=f" {words}")
    near = Case(
        When(digits=words, then=Value(0)), When(starts, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    closed = Case(When(state__in=CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = rows.order_by(near, closed, "-number").values_list("number", "title")[:COMPLETIONS]
    return [{"number": number, "title": title, "text": f"@todo:{number}"} for number, title in found]


def _by_day(rows: Any) -> Any:
    """`day` sorts: those without one come last."""
    return rows.annotate(day=Coalesce("due_on", Value(NO_DAY, output_field=DateField()), output_field=DateField()))


def _dress(rows: Any, workspace: Workspace) -> list[Todo]:
    found = list(rows)
    for todo in found:
        todo.workspace = workspace
    return found


def _groups(rows: list[Todo], counted: Counts) -> list[Group]:
    groups = {key: Group(title, kind, counted.by_group.get(key, 0)) for key, (title, kind) in GROUPS.items()}
    for todo in rows:
        groups[_group_of(todo)].rows.append(todo)
    return [group for group in groups.values() if group.rows]


def _group_of(todo: Todo) -> str:
    if todo.due_on is None:
        return "none"
    if todo.due_on < today():
        return "overdue"
    return "week" if todo.due_on <= _sunday() else "later"


def _sunday() -> dt.date:
    now = today()
    return now + dt.timedelta(days=6 - now.weekday())


def members_of(workspace: Workspace) -> list[Member]:
    """Who can be given a to-do: the seats as already loaded."""
    return [m for m in workspace.members.all() if m.person.is_active]
