"""To-dos as they are spoken of in a chat."""

from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.policy.check import NotAllowed
from superviseme.workspaces.models import Member, Todo
from superviseme.workspaces.todos.actions import complete_todo
from superviseme.workspaces.todos.models import TodoState
from superviseme.workspaces.todos.queries import OPEN

from ..messages import Button

DONE = "done:"
MOST = 15


def done_button(number: int, title: str = "") -> Button:
    return Button(_("Done: %(title)s") % {"title": title} if title else _("Done"), does=f"{DONE}{number}")


def open_todos(person: Person) -> list[Todo]:
    """Mine, in what I have a seat in and nobody froze; the most pressing first."""
    rows = Todo.objects.live().filter(assignee=person, state__in=OPEN, workspace__frozen_at=None)
    rows = rows.filter(workspace__in=Member.objects.filter(person=person).values("workspace"))
    found = rows.select_related("workspace").order_by("due_on", "pk")[:200]
    return sorted(found, key=lambda t: (t.due_on is None, t.due_on, t.priority, t.pk))


def numbered(person: Person, number: int) -> list[Todo]:
    """Open ones with this number where I have a seat; mine alone, if one of them is."""
    rows = Todo.objects.live().filter(number=number, state__in=OPEN)
    rows = rows.filter(workspace__in=Member.objects.filter(person=person).values("workspace"))
    found = list(rows.select_related("workspace").order_by("pk")[:20])
    return [t for t in found if t.assignee_id == person.pk] or found


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
