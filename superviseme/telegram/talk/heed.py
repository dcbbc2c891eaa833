"""An update of Telegram's: heard once, whatever it is; what cannot be understood is left aside."""

from typing import Any

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from superviseme.accounts.language import language_of
from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Channel, Message, State
from superviseme.site.values import setting
from superviseme.web.text import one_line

from ..bot.actions import first_time
from ..bot_api import LARGEST
from ..chats import actions as chats
from ..chats.queries import person_of
from ..messages import Button, Words, put
from . import commands, deeds

log = structlog.get_logger("superviseme.telegram")
GONE = ("kicked", "left")  # what Telegram calls a bot that was blocked
MOST_REPLIES = 20  # waiting for one chat
Answer = dict[str, Any]


@transaction.atomic
def heed(update: Any) -> Answer | None:
    """What to answer to a press of a button, in the words of `answerCallbackQuery`; None for everything else."""
    number = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(number, int) or not 0 <= number < LARGEST or not first_time(number):
        return None
    try:
        with transaction.atomic():
            return _heed(update, number)
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # one that cannot be dealt with must not hold up those behind it
        log.exception("An update of Telegram's could not be dealt with.", update=number)
        return None


def _heed(update: dict[str, Any], number: int) -> Answer | None:
    match update:
        case {"message": {"text": str(text), "chat": {"id": chat, "type": "private"}}} if _is_chat(chat):
            chats.find_again(chat)  # who writes is there
            _reply(chat, number, _answer(chat, text, update["message"]["chat"]))
        case {"callback_query": {"id": str(press), "data": str(data), "message": {"chat": {"id": chat}}}} if _is_chat(
            chat
        ):
            return {"callback_query_id": press, "text": _pressed(chat, data, number)[:200]}
        case {"my_chat_member": {"chat": {"id": chat}, "new_chat_member": {"status": str(status)}}} if _is_chat(chat):
            if status in GONE:
                chats.lose(chat, "The bot was blocked in this chat")
            else:
                chats.find_again(chat)
    return None


def _is_chat(number: Any) -> bool:
    return type(number) is int and abs(number) < LARGEST  # True counts as a number too


def _answer(chat: int, text: str, who: dict[str, Any]) -> tuple[Words, Person | None]:
    word, _space, rest = text.strip().partition(" ")
    word = word.partition("@")[0].lower()
    person = person_of(chat)
    if word == "/start" and rest.strip():
        return _connect(chat, rest.strip(), who)
    with _as_of(person), timezone.override(zone_of(person)):
        if person is None:
            return _stranger(), None
        if word in commands.COMMANDS:
            return commands.COMMANDS[word](person, rest), person
        if word == "/start":
            return Words(_("You are connected as %(name)s. /help says what you can write.") % _name(person)), person
        return Words(_("I do not know what that means. /help says what you can write.")), person


def _connect(chat: int, code: str, who: dict[str, Any]) -> tuple[Words, Person | None]:
    name = one_line(f"@{who['username']}" if who.get("username") else str(who.get("first_name", "")))
    person = chats.connect(code=code, chat=chat, name=name)
    with _as_of(person):
        if person is None:
            return Words(_("This code is not valid any more. Make a new one in your profile."), "", [_profile()]), None
        said = _("What matters comes here now, beside mail. What you hear of, and how, is your choice.")
        choices = Button(_("What I hear of"), link_to("/profile/notices"))
        return Words(_("Connected as %(name)s") % _name(person), f"{said}\n/help", [choices]), person


def _pressed(chat: int, data: str, number: int) -> str:
    person = person_of(chat)
    with _as_of(person), timezone.override(zone_of(person)):
        if person is None:
            return _("This chat is not connected.")
        figures = data.removeprefix(deeds.DONE)
        if not data.startswith(deeds.DONE) or not (figures.isascii() and figures.isdigit() and len(figures) < 19):
            return _("This button is not known any more.")
        said = deeds.tick(person, int(figures))
        _reply(chat, number, (Words(said), person))
        return said


def _stranger() -> Words:
    said = _("This chat is not connected. Sign in, open Telegram in your profile and follow the link there.")
    return Words(setting("site_name"), said, [_profile()])


def _profile() -> Button:
    return Button(_("My profile"), link_to(chats.PAGE))


def _reply(chat: int, number: int, said: tuple[Words, Person | None]) -> None:
    """By the outbox, so that Telegram's wishes are obeyed; who writes without end is not answered without end."""
    words, person = said
    waiting = Message.objects.filter(channel=Channel.TELEGRAM, to=str(chat), letter="reply", state=State.WAITING)
    if waiting.count() < MOST_REPLIES:
        put(chat, words, key=f"telegram-reply:{number}:{chat}", letter="reply", recipient=person)


def _as_of(person: Person | None) -> Any:
    return translation.override(language_of(person))


def _name(person: Person) -> dict[str, str]:
    return {"name": person.full_name}
