"""Words for a chat as a row of the outbox: plain text with a bold first line, and buttons below.

No markup is used, so nothing that people write can be taken for it: what is bold is said beside the text.
"""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from superviseme.accounts.models import Person
from superviseme.outbox.models import Channel, Message
from superviseme.outbox.post import message_id, one_line, post_all
from superviseme.web.time import now

from .bot_api import LONGEST_TEXT, cut

MOST_BUTTONS = 6
LONGEST_LABEL = 60
ROOM = 10  # kept free between a long text and the links below it


@dataclass(frozen=True)
class Button:
    """A link to a page of ours, or with `does` a deed that the bot does itself."""

    label: str
    link: str = ""
    does: str = ""


@dataclass(frozen=True)
class Words:
    head: str
    text: str = ""
    buttons: list[Button] = field(default_factory=list)


def message(chat: int, words: Words, *, key: str, letter: str, recipient: Person | None) -> Message:
    """Not kept yet. Links that Telegram takes for no address of the web stand in the text instead of on buttons."""
    links = [b for b in words.buttons if b.link and not _may_be_a_button(b.link)]
    rows = [_as_telegram_says(b) for b in words.buttons[:MOST_BUTTONS] if b not in links]
    more = "\n".join(f"{_label(b)}: {b.link}" for b in links[:MOST_BUTTONS])
    text = cut("\n".join(part for part in (words.head, words.text) if part), LONGEST_TEXT - _units(more) - ROOM)
    moment = now()
    return Message(
        key=key[:200],
        channel=Channel.TELEGRAM,
        letter=letter,
        to=str(chat),
        to_name=one_line(recipient.full_name)[:200] if recipient else "",
        recipient_id=recipient.pk if recipient else None,
        subject=one_line(words.head)[:300],
        text=f"{text}\n\n{more}" if more else text,
        headers={"keyboard": [[row] for row in rows], "bold": _units(words.head) if words.text or more else 0},
        message_id=message_id(key, moment),
        created_at=moment,
        due_at=moment,
    )


def put(chat: int, words: Words, *, key: str, letter: str = "telegram", recipient: Person | None = None) -> None:
    """Into the outbox; what stands there under this key is left as it is."""
    post_all([message(chat, words, key=key, letter=letter, recipient=recipient)])


def as_asked(kept: Message) -> dict[str, Any]:
    """The words of `sendMessage` for a row."""
    said: dict[str, Any] = {
        "chat_id": int(kept.to),
        "text": kept.text,
        "link_preview_options": {"is_disabled": True},
    }
    if bold := kept.headers.get("bold"):
        said["entities"] = [{"type": "bold", "offset": 0, "length": bold}]
    if keyboard := kept.headers.get("keyboard"):
        said["reply_markup"] = {"inline_keyboard": keyboard}
    return said


def _as_telegram_says(button: Button) -> dict[str, str]:
    label = _label(button)
    return {"text": label, "callback_data": button.does} if button.does else {"text": label, "url": button.link}


def _label(button: Button) -> str:
    label = one_line(button.label)
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _may_be_a_button(link: str) -> bool:
    """Telegram refuses the whole message for a host without a dot."""
    parts = urlsplit(link)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "").strip(".")


def _units(text: str) -> int:
    """Telegram counts in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2
