"""One function a word: whose chat it is and what stands behind the word, to what the bot says."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.home.needs import waiting
from superviseme.outbox.letters import link_to
from superviseme.web.dates import date
from superviseme.web.time import today
from superviseme.workspaces.models import Todo

from ..chats import actions as chats
from ..messages import MOST_BUTTONS, Button, Words
from . import deeds

NEXT = 5


def stop(person: Person, rest: str) -> Words:
    chats.disconnect(by=person)
    return Words(_("This chat is disconnected. Nothing comes here any more; your profile connects it again."))


def todos(person: Person, rest: str) -> Words:
    found = deeds.open_todos(person)
    if not found:
        return Words(_("You have no open to-dos."))
    lines = [_line(todo) for todo in found[: deeds.MOST]]
    if len(found) > len(lines):
        lines.append(_("and %(n)s more") % {"n": len(found) - len(lines)})
    lines += ["", _("Tick one with /done and its number.")]
    return Words(_("Your open to-dos"), "\n".join(lines), [Button(_("All to-dos"), link_to("/todos"))])


def done(person: Person, rest: str) -> Words:
    number = rest.strip().lstrip("#")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return Words(_("Say which: /done 12. /todos has the numbers."))
    found = deeds.numbered(person, int(number))
    if not found:
        return Words(_("No open to-do here has the number %(n)s. /todos lists yours.") % {"n": number})
    tickable = deeds.to_tick(person, found)
    if not tickable:
        return Words(deeds.tick_this(person, found[0]))  # says why not
    mine = tickable[0].assignee_id == person.pk
    if len(tickable) == 1:
        return Words(deeds.tick_this(person, tickable[0])) if mine else _not_yours(tickable[0])
    return _which(tickable, number, mine=mine)


def _not_yours(todo: Todo) -> Words:
    """It may be ticked, but a number alone is soon mistyped."""
    said = {"title": todo.title, "where": todo.workspace.title}
    if todo.assignee:
        words = _("«%(title)s» (%(where)s) is not yours: it is given to %(name)s. Is it done?")
        said["name"] = todo.assignee.full_name
    else:
        words = _("«%(title)s» (%(where)s) is given to nobody. Is it done?")
    return Words(words % said, "", [deeds.done_button(todo.pk)])


def _which(todos: list[Todo], number: str, *, mine: bool) -> Words:
    if mine:
        head = _("Several have the number %(n)s. Which one is done?")
    else:
        head = _("Several have the number %(n)s, and none is yours. Which one is done?")
    shown = todos[:MOST_BUTTONS]
    more = len(todos) - len(shown)
    text = _("and %(n)s more: tick those on their pages") % {"n": more} if more else ""
    buttons = [deeds.done_button(todo.pk, f"{todo.title} · {todo.workspace.title}") for todo in shown]
    return Words(head % {"n": number}, text, buttons)


def next_(person: Person, rest: str) -> Words:
    """The head of the desk."""
    found = waiting(person)
    lines, buttons = [], []
    for need in found.needs[:NEXT]:
        when = f"{_day(need.due)} · " if need.due else ""
        lines.append(f"• {when}{need.what} ({need.why})")
        buttons.append(Button(need.what, link_to(need.href)))
    if found.next_meeting:
        meeting = found.next_meeting
        lines.append(f"• {date(meeting.starts_at)} · {meeting.title} ({meeting.workspace.title})")
        buttons.append(Button(meeting.title, link_to(meeting.get_absolute_url())))
    if not lines:
        return Words(_("Nothing waits for you."))
    return Words(_("What needs you next"), "\n".join(lines), buttons)


def help_(person: Person, rest: str) -> Words:
    lines = [
        _("/next – what needs you next"),
        _("/todos – your open to-dos"),
        _("/done 12 – tick your to-do with that number"),
        _("/stop – disconnect this chat"),
    ]
    choices = Button(_("What I hear of"), link_to("/profile/notices"))
    return Words(_("What you can write here"), "\n".join(lines), [choices])


def _line(todo: Todo) -> str:
    when = f" · {_day(todo.due_on)}" if todo.due_on else ""
    return f"{todo.number} · {todo.title}{when} ({todo.workspace.title})"


def _day(day: dt.date) -> str:
    """Late is said in words."""
    return _("overdue since %(day)s") % {"day": date(day)} if day < today() else date(day)


COMMANDS: dict[str, Callable[[Person, str], Words]] = {
    "/stop": stop,
    "/todos": todos,
    "/done": done,
    "/next": next_,
    "/help": help_,
}
