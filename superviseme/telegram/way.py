"""Notices by Telegram: one message for what happened together, one for a day."""

from collections.abc import Iterable
from itertools import groupby

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.notifications.mail import Line, about_of, gets_mail, lines_of
from superviseme.notifications.models import Notice
from superviseme.notifications.verbs import Verb
from superviseme.notifications.ways import Bundle, Way, register
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Channel, Message
from superviseme.site.values import setting
from superviseme.web.dates import date
from superviseme.web.time import now

from .bot.queries import in_force
from .messages import MOST_BUTTONS, Button, Words, message
from .models import Chat
from .talk.deeds import done_button, may_tick

TO_DO = {Verb.TODO_ASSIGNED, Verb.TODO_DUE, Verb.TODO_OVERDUE}
MOST_LINES = 30


def reached(people: Iterable[Person]) -> set[int]:
    """Those with a chat, while there is a bot."""
    numbers = [person.pk for person in people if gets_mail(person)]
    chats = Chat.objects.filter(person__in=numbers, lost_at=None)
    found = set(chats.values_list("person", flat=True)) if numbers else set()
    return found if found and in_force() else set()


def offered() -> set[str] | None:
    found = in_force()
    return set() if found is None else (None if found.row.kinds is None else set(found.row.kinds))


def write(bundle: Bundle) -> Message:
    person = bundle.person
    chat = Chat.objects.get(person=person).chat
    with translation.override(language_of(person)), timezone.override(zone_of(person)):
        lines = lines_of(bundle.notices, bundle.people)
        words = _of_a_day(lines) if bundle.daily else _of_a_moment(person, bundle.notices, lines)
        return message(chat, words, key=bundle.key, letter="day" if bundle.daily else "notice", recipient=person)


def _of_a_moment(person: Person, notices: list[Notice], lines: list[Line]) -> Words:
    about = about_of(notices)
    if len(lines) == 1 and not about:
        return Words(_sentence(lines[0]), "", _buttons(person, notices, lines))
    return Words(about or setting("site_name"), _list(lines), _buttons(person, notices, lines))


def _of_a_day(lines: list[Line]) -> Words:
    """By thesis or project; the page has the rest."""
    parts = []
    lines = sorted(lines, key=lambda line: line.place)
    for place, some in groupby(lines[:MOST_LINES], key=lambda line: line.place):
        parts.append("\n".join(part for part in (place, _list(list(some))) if part))
    words = ngettext("%(day)s: %(n)s thing for you", "%(day)s: %(n)s things for you", len(lines))
    head = words % {"day": date(now()), "n": len(lines)}
    return Words(head, "\n\n".join(parts), [_all_notices()])


def _all_notices() -> Button:
    return Button(_("All notices"), link_to("/notifications"))


def _list(lines: list[Line]) -> str:
    shown = [_sentence(line) for line in lines[:MOST_LINES]]
    if len(lines) > len(shown):
        shown.append(_("and %(n)s more") % {"n": len(lines) - len(shown)})
    return shown[0] if len(shown) == 1 else "\n".join(f"• {line}" for line in shown)


def _sentence(line: Line) -> str:
    return " · ".join(part for part in (f"{line.who} {line.says}".strip(), line.detail) if part)


def _buttons(person: Person, notices: list[Notice], lines: list[Line]) -> list[Button]:
    """Each place once; what its reader may tick is ticked from here."""
    links = {line.link: line for line in reversed(lines)}
    deeds = {n.event.thing_id: n.event.title for n in notices if n.verb in TO_DO and n.event.thing_id}
    allowed = may_tick(person, deeds) if deeds else set()
    deeds = {number: title for number, title in deeds.items() if number in allowed}
    doing = [done_button(number, title if len(deeds) > 1 else "") for number, title in list(deeds.items())[:3]]
    going = [Button(line.act if len(links) == 1 else line.says, link) for link, line in reversed(links.items())]
    if len(doing) + len(going) > MOST_BUTTONS:
        going = [_all_notices()]
    return [*doing, *going]


def install() -> None:
    register(Way(Channel.TELEGRAM.value, Channel.TELEGRAM.label, reached, write, offered))
