"""Telegram's Bot API as we use it: a question and its answer, and what each refusal means for who delivers.

The token is part of the address, so words of ours that quote the address are never passed on, and the token is taken out of Telegram's.
"""

import json
import math
from dataclasses import dataclass
from typing import Any

from superviseme.web import elsewhere
from superviseme.web.text import one_line

PATIENCE = 10.0  # seconds for a whole answer
LONGEST_TEXT = 4096  # Telegram counts UTF-16 units, after the marks are read
CUT = "…"
LARGEST = 1 << 62  # of the numbers Telegram gives
LONGEST_WAIT = 24 * 60 * 60  # seconds


class NotTaken(Exception):
    """Not delivered now; trying again may help."""

    in_doubt = False


class InDoubt(NotTaken):
    """It was asked and no answer came that can be read: it may have gone."""

    in_doubt = True


class TooMany(NotTaken):
    """`retry_after`: the seconds Telegram wants us to wait."""

    def __init__(self, retry_after: int):
        super().__init__(f"Telegram asks to wait {retry_after} s")
        self.retry_after = retry_after


class Unwanted(NotTaken):
    """The bot is blocked, or the chat is gone: nothing reaches this chat any more."""


class Moved(NotTaken):
    """The chat has another number now."""

    def __init__(self, chat: int):
        super().__init__("The chat has moved")
        self.chat = chat


class BadToken(NotTaken):
    """Telegram does not know this bot: the other messages can wait as well."""


class Rejected(NotTaken):
    """Telegram will never take this one as it is."""


@dataclass(frozen=True)
class BotApi:
    base: str
    token: str

    def ask(self, method: str, *, patience: float = PATIENCE, **words: Any) -> Any:
        """The `result` of the answer. Raises `NotTaken`."""
        address = f"{self.base.rstrip('/')}/bot{self.token}/{method}"
        if not elsewhere.is_allowed(address):
            raise NotTaken("This address is not asked: it must be https, or a server on this machine")
        form = {name: word if isinstance(word, str) else json.dumps(word) for name, word in words.items()}
        try:
            answer = elsewhere.ask("POST", address, form=form, within=patience)
        except elsewhere.Away:
            raise InDoubt("Telegram does not answer in time, or not in a way that can be read") from None
        return _result(answer.status, answer.body, self.token)


def _result(status: int, body: bytes, token: str) -> Any:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise InDoubt(f"Telegram answered {status} with something that is no answer")
    if status == 200 and said.get("ok") is True:
        return said.get("result")
    code = said.get("error_code")
    raise _refusal(code if status == 200 and isinstance(code, int) else status, said, token)


def _refusal(status: int, said: dict[str, Any], token: str) -> NotTaken:
    more = said.get("parameters")
    more = more if isinstance(more, dict) else {}
    words = one_line(_without(token, str(said.get("description", "")).encode(errors="replace").decode()))
    why = f"Telegram answered {status}: {words}"[:300]
    if status == 429:
        return TooMany(_seconds(more.get("retry_after")))
    if chat := _number(more.get("migrate_to_chat_id")):
        return Moved(chat)
    if status in (401, 404):
        return BadToken(why)
    if status == 403 or (status == 400 and "chat not found" in why.lower()):
        return Unwanted(why)
    return Rejected(why) if status == 400 else NotTaken(why)


def _without(token: str, words: str) -> str:
    """A server that quotes the address it was asked at quotes the token; it stands in the outbox and on pages otherwise."""
    _bot, _colon, secret = token.rpartition(":")
    return words.replace(secret, CUT) if secret else words


def _number(value: object) -> int:
    """0 for what is none, or more than a chat can have."""
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST else 0


def _seconds(value: object) -> int:
    """From one to a day; parts of a second count as a whole one."""
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not math.isfinite(value):
        return 1
    return max(1, min(math.ceil(value), LONGEST_WAIT))


def cut(text: str, most: int = LONGEST_TEXT) -> str:
    """Plain text as long as Telegram takes, never through the middle of a character."""
    units = text.encode("utf-16-le")
    if len(units) // 2 <= most:
        return text
    return units[: (most - len(CUT)) * 2].decode("utf-16-le", "ignore").rstrip() + CUT
