"""Connecting and letting go. One's own chat is nobody else's business, so the law has nothing to say here."""

import hashlib
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from superviseme.accounts.letters import write_to
from superviseme.accounts.models import Person
from superviseme.accounts.presence import zone_of
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.outbox import claims
from superviseme.outbox.letters import link_to
from superviseme.outbox.models import Channel, Message, State
from superviseme.policy.check import NotAllowed
from superviseme.web.dates import datetime_
from superviseme.web.time import now

from ..messages import Words, put
from ..models import Chat, Code

LASTS = timedelta(minutes=15)
PAGE = "/profile/telegram"


@transaction.atomic
def make_code(*, by: Person) -> str:
    """A code for `/start`, in letters that a link may hold; the one before is worth nothing from now on."""
    code = secrets.token_urlsafe(24)
    kept = {"digest": _digest(code), "expires_at": now() + LASTS}
    Code.objects.update_or_create(person=by, defaults=kept)
    return code


@transaction.atomic
def connect(*, code: str, chat: int, name: str) -> Person | None:
    """Whose code it was; None when it is nobody's (any more). A chat has one person, a person one chat. Whose account it
    is, is told by mail."""
    row = Code.objects.filter(digest=_digest(code), expires_at__gt=now()).select_related("person").first()
    if row is None or not Code.objects.filter(pk=row.pk, digest=row.digest).delete()[0]:
        return None
    person = row.person
    if not person.is_active:
        return None
    for other in Chat.objects.filter(chat=chat).exclude(person=person).select_related("person"):
        disconnect(by=other.person)
    fields = {"chat": chat, "name": name[:100], "connected_at": now(), "lost_at": None, "lost_why": ""}
    Chat.objects.update_or_create(person=person, defaults=fields)
    announce(Verb.TELEGRAM_CONNECTED, person, by=person, title="", link=PAGE)
    _write(person, "telegram_connected", chat=name[:100])
    return person


@transaction.atomic
def disconnect(*, by: Person) -> bool:
    """False when there was nothing to let go. What waits for the chat is not sent; whose account it is, is told by mail."""
    for row in Chat.objects.filter(person=by):
        _drop_waiting(row.chat)
    if not Chat.objects.filter(person=by).delete()[0]:
        return False
    announce(Verb.TELEGRAM_DISCONNECTED, by, by=by, title="", link=PAGE)
    _write(by, "telegram_disconnected")
    return True


@transaction.atomic
def lose(chat: int, why: str) -> None:
    """It takes nothing from us any more: switched off, and its person is told, once."""
    row = Chat.objects.filter(chat=chat, lost_at=None).select_related("person").first()
    if row and Chat.objects.filter(pk=row.pk, lost_at=None).update(lost_at=now(), lost_why=why[:300]):
        _drop_waiting(chat)
        announce(Verb.TELEGRAM_LOST, row.person, by=None, to=[row.person], title="", link=PAGE, person=row.person_id)


@transaction.atomic
def find_again(chat: int) -> None:
    """The bot was unblocked, or somebody wrote there."""
    Chat.objects.filter(chat=chat).exclude(lost_at=None).update(lost_at=None, lost_why="")


def follow(chat: int, *, to: int) -> bool:
    """It has another number. False when somebody else has that one."""
    try:
        with transaction.atomic():
            Chat.objects.filter(chat=chat).update(chat=to)
            waiting = Message.objects.filter(channel=Channel.TELEGRAM, to=str(chat))
            waiting.exclude(state=State.SENT).update(to=str(to))
            return True
    except IntegrityError:
        return False


@transaction.atomic
def send_test(*, by: Person) -> None:
    """A word to one's own chat, by the way of every other."""
    row = Chat.objects.filter(person=by, lost_at=None).first()
    if row is None:
        raise NotAllowed(_("No chat is connected, so there is nowhere to send it."))
    said = _("This is a test, written on %(when)s.") % {"when": datetime_(now().astimezone(zone_of(by)))}
    put(row.chat, Words(_("It works"), said), key=f"telegram-test:{by.pk}:{now().isoformat()}", recipient=by)


def forget_former_members() -> int:
    """Chats and codes of people who were made anonymous."""
    Code.objects.exclude(person__erased_at=None).delete()
    Code.objects.filter(expires_at__lt=now()).delete()
    return Chat.objects.exclude(person__erased_at=None).delete()[0]


def _write(person: Person, letter: str, **words: str) -> None:
    write_to(person, letter, key=f"{letter}:{person.pk}:{now().isoformat()}", link=link_to(PAGE), **words)


def _drop_waiting(chat: int) -> None:
    """But the answer to who has just written."""
    claims.drop(Message.objects.filter(channel=Channel.TELEGRAM, to=str(chat)).exclude(letter="reply"))


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
