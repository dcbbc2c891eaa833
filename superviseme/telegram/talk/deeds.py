"""To-dos as they are spoken of in a chat."""

from collections.abc import Iterable

from django.db.models import Case, When
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, can
from superviseme.workspaces.models import Member, Todo
from superviseme.workspaces.todos.actions import complete_todo
from superviseme.workspaces.todos.models import TodoState
from superviseme.workspaces.todos.queries import OPEN

from ..messages import Button

DONE = "done:"
MOST = 15
MOST_LOOKED_AT = 100


def done_button(number: int, title: str = "") -> Button:
    return Button(_("Done: %(title)s") % {"title": title} if title else _("Done"), does=f"{DONE}{number}")


def open_todos(person: Person) -> list[Todo]:
    """Mine, in what I have a seat in and nobody froze; the most pressing first."""
    rows = Todo.objects.live().filter(assignee=person, state__in=OPEN, workspace__frozen_at=None)
    rows = rows.filter(workspace__in=Member.objects.filter(person=person).values("workspace"))
    found = rows.select_related("workspace").order_by("due_on", "pk")[:200]
    return sorted(found, key=lambda t: (t.due_on is None, t.due_on, t.priority, t.pk))


def numbered(person: Person, number: int) -> list[Todo]:
    """Open ones with this number where I have a seat, mine first."""
    rows = Todo.objects.live().filter(number=number, state__in=OPEN)
    rows = rows.filter(workspace__in=Member.objects.filter(person=person).values("workspace"))
    rows = rows.select_related("workspace", "assignee").prefetch_related("workspace__members")
    others = Case(When(assignee=person, then=0), default=1)
    return list(rows.order_by(others, "pk")[:MOST_LOOKED_AT])


def to_tick(person: Person, found: list[Todo]) -> list[Todo]:
    """What the law lets me tick; mine alone, if one of them is."""
    allowed = [todo for todo in found if can(person, Action.TODO_COMPLETE, todo)]
    return [todo for todo in allowed if todo.assignee_id == person.pk] or allowed


def may_tick(person: Person, numbers: Iterable[int]) -> set[int]:
    """Of rows of to-dos by number."""
    rows = Todo.objects.live().filter(pk__in=numbers).select_related("workspace")
    found = rows.prefetch_related("workspace__members")
    return {todo.pk for todo in found if can(person, Action.TODO_COMPLETE, todo)}


def tick(person: Person, number: int) -> str:
    """What to say of it. `number` is the row's."""
    seats = Member.objects.filter(person=person).values("workspace")
    todo = Todo.objects.live().filter(pk=number, workspace__in=seats).select_related("workspace").first()
    if todo is None:
        return _("This to-do is not there any more.")
    return tick_this(person, todo)


def tick_this(person: Person, todo: Todo) -> str:
    if todo.state == TodoState.DONE:
        return _("«%(title)s» was done already.") % {"title": todo.title}
    try:
        complete_todo(todo, by=person)
    except NotAllowed as refusal:
        return str(refusal.reason)
    return _("Done: «%(title)s».") % {"title": todo.title}
