"""The scheduler hears what people write to the bot, and tells Telegram how to reach us."""

import time
from typing import Any

import structlog

from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from ..bot.actions import A_WEEK, in_trouble, well
from ..bot.arrange import HEARD, arrange
from ..bot.queries import InForce, in_force
from ..bot_api import NotTaken
from .heed import heed

log = structlog.get_logger("superviseme.telegram")
WAIT = 2  # seconds Telegram keeps the line open when there is nothing; a stop is heard after it
AFTER_TROUBLE = 30.0
_not_before = 0.0


def listen(fence: Fence = FREE) -> str:
    """One question, unless Telegram calls us. After trouble it is left alone for a while."""
    global _not_before
    bot = in_force()
    if bot is None or time.monotonic() < _not_before:
        return ""
    try:
        if arrange(bot):
            return "told Telegram how to reach us"
        heard = 0 if bot.by_webhook else _ask(bot, fence)
    except NotTaken as problem:
        log.warning("Telegram was not heard.", why=str(problem))
        in_trouble(str(problem))
        _not_before = time.monotonic() + AFTER_TROUBLE
        return ""
    return f"{heard} heard" if heard else ""


def _ask(bot: InForce, fence: Fence) -> int:
    fresh = bot.row.heard_at and now() - bot.row.heard_at < A_WEEK
    since = {"offset": bot.row.next_update} if fresh else {}
    asked: dict[str, Any] = {"timeout": WAIT, "limit": 50, "allowed_updates": HEARD, **since}
    found = bot.api.ask("getUpdates", patience=WAIT + 10.0, **asked)
    updates = found if isinstance(found, list) else []
    for update in updates:
        fence()
        answer = heed(update)
        if answer is not None:
            _say(bot, answer)
    if updates or (bot.row.problem and not bot.is_quiet()):
        well(bot.row)
    return len(updates)


def _say(bot: InForce, answer: dict[str, Any]) -> None:
    """The little circle on the button stops turning; without it, it stops by itself."""
    try:
        bot.api.ask("answerCallbackQuery", **answer)
    except NotTaken as problem:
        log.info("A press could not be answered.", why=str(problem))
