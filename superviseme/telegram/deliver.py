"""Messages that are due go to Telegram: at most one a second to a chat, at most 25 a second in all, and none before the
time that Telegram asked to wait. A lane of its own: no mail waits for it. docs/decisions/telegram.md."""

import time
from datetime import timedelta

import structlog

from superviseme.outbox import claims
from superviseme.outbox.models import Channel, Message
from superviseme.outbox.rounds import Round
from superviseme.outbox.smtp import Refused
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from . import bot_api
from .bot import actions as bot_actions
from .bot.queries import InForce, in_force
from .chats import actions as chats
from .messages import as_asked

log = structlog.get_logger("superviseme.telegram")
GAP = 0.04  # seconds between two messages
MOST_MOVES = 5  # of a chat while one message is tried; more is no move
GAP_OF_A_CHAT = timedelta(seconds=1)
AWAY = timedelta(seconds=30)  # Telegram is left alone when it does not answer
BAD_TOKEN = timedelta(minutes=5)


def deliver_due_messages(fence: Fence = FREE) -> str:
    return Telegrams(fence).run()


class Telegrams(Round):
    channel = Channel.TELEGRAM
    longest = 20.0
    bot: InForce

    def __init__(self, fence: Fence):
        super().__init__(fence)
        self.told: dict[str, float] = {}  # when a chat was last told something, by the clock that never jumps
        self.last = 0.0

    def may_begin(self) -> bool:
        bot = in_force()
        if bot is None or bot.is_quiet():
            return False
        self.bot = bot
        return True

    def carry(self, message: Message) -> None:
        if time.monotonic() - self.told.get(message.to, 0.0) < GAP_OF_A_CHAT.total_seconds():
            claims.postpone([message], until=now() + GAP_OF_A_CHAT)
            return
        time.sleep(max(0.0, self.last + GAP - time.monotonic()))
        if self.begin(message):
            self._tell(message)

    def _tell(self, message: Message) -> None:
        try:
            self.bot.api.ask("sendMessage", **as_asked(message))
        except bot_api.NotTaken as problem:
            self.failed += 1
            self._not_taken(message, problem)
        else:
            self.went(message)
            bot_actions.well(self.bot.row)
        self.last = self.told[message.to] = time.monotonic()

    def _not_taken(self, message: Message, problem: bot_api.NotTaken) -> None:
        why = str(problem)
        match problem:
            case bot_api.TooMany():
                until = now() + timedelta(seconds=problem.retry_after)
                claims.postpone([message], until=until, why=why)
                self._rest(why, until - now())
            case bot_api.Moved() if self._follows(message, problem.chat):
                claims.postpone([message], until=now() + GAP_OF_A_CHAT, why=why)
            case bot_api.Moved() | bot_api.Unwanted():
                claims.refused(message, Refused(why, for_good=True), begun=True)
                chats.lose(int(message.to), why)
            case bot_api.Rejected():
                claims.refused(message, Refused(why, for_good=True), begun=True)
            case bot_api.BadToken():
                claims.postpone([message], until=now() + BAD_TOKEN, why=why)
                self._rest(why, BAD_TOKEN)
            case _:
                claims.refused(message, Refused(why, in_doubt=problem.in_doubt), begun=True)
                self._rest(why, AWAY)

    def _follows(self, message: Message, chat: int) -> bool:
        """Moves are counted by themselves: a message may have been tried often for other reasons."""
        moves = message.headers.get("moves", 0) + 1
        if moves >= MOST_MOVES or not chats.follow(int(message.to), to=chat):
            return False
        Message.objects.filter(pk=message.pk).update(headers={**message.headers, "moves": moves})
        return True

    def _rest(self, why: str, pause: timedelta) -> None:
        """The other messages wait as well."""
        log.warning("Telegram is left alone for a while.", why=why, seconds=pause.total_seconds())
        bot_actions.in_trouble(why, quiet=pause)
        self.is_over = True
