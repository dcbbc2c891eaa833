"""Put a letter into the outbox, inside the transaction of what it tells about. The worker delivers it."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from superviseme.web.time import now

from .letters import write
from .models import Message, State


def post(
    letter: str,
    *,
    to: str,
    key: str,
    context: dict[str, Any],
    recipient: int | None = None,
    to_name: str = "",
    language: str = "",
    headers: dict[str, str] | None = None,
    due_at: datetime | None = None,
) -> Message:
    """The message under `key`; one that stands there already is left as it is. `recipient` is a person's number."""
    message = prepare(
        letter,
        to=to,
        key=key,
        context=context,
        recipient=recipient,
        to_name=to_name,
        language=language,
        headers=headers,
        due_at=due_at,
    )
    post_all([message])
    return Message.objects.get(key=message.key)


def prepare(
    letter: str,
    *,
    to: str,
    key: str,
    context: dict[str, Any],
    recipient: int | None = None,
    to_name: str = "",
    language: str = "",
    headers: dict[str, str] | None = None,
    due_at: datetime | None = None,
    calendar: str = "",
) -> Message:
    """A message with its words, not kept yet: for many that are posted together."""
    words, moment = write(letter, context, language=language), now()
    return Message(
        key=key[:200],
        letter=letter,
        to=one_line(to)[:320],
        to_name=one_line(to_name)[:200],
        recipient_id=recipient,
        subject=words.subject,
        text=words.text,
        html=words.html,
        headers={"Auto-Submitted": "auto-generated", **(headers or {})},
        calendar=calendar,
        message_id=message_id(key, moment),
        created_at=moment,
        due_at=due_at or moment,
    )


def post_all(messages: Iterable[Message]) -> None:
    """Keep them; those whose key stands there already are left as they are."""
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=100)


def forget(recipient: int, *, address: str, stand_in: str) -> None:
    """Letters to this person or address lose address, name and text; those still waiting are not sent (erasure)."""
    theirs = Message.objects.filter(Q(recipient_id=recipient) | Q(to=address))
    theirs.filter(state__in=[State.WAITING, State.FAILED]).delete()
    theirs.update(to=stand_in, to_name="", subject="", text="", html="", calendar="", headers={})


def message_id(key: str, moment: datetime) -> str:
    """Of key and moment: kept with the row however often it is tried. After a restore numbers, and so keys, are given
    again; another letter under an old key must not look like the one that went."""
    figure = hashlib.sha256(f"{key} {moment.isoformat()}".encode()).hexdigest()[:40]
    return f"<{figure}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


def one_line(value: str) -> str:
    """Header values hold no line breaks."""
    return " ".join(value.split())
