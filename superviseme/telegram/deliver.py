"""Messages that are due go to Telegram: at most one a second to a chat, at most 25 a second in all, and none before the
time that Telegram asked to wait. A lane of its own: no mail waits for it. docs/decisions/telegram.md."""

import time
from datetime import timedelta

import structlog

from superviseme.outbox import claims, hold, journal
from superviseme.outbox.models import Channel, Message, State
from superviseme.outbox.smtp import Refused
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from . import bot_api
from .bot import actions as bot_actions
from .bot.queries import InForce, in_force
from .chats import actions as chats
from .messages import as_asked

log = structlog.get_logger("superviseme.telegram")
AT_ONCE = 25
LONGEST_ROUND = 20.0  # seconds
GAP = 0.04  # seconds between two messages
MOST_MOVES = 5  # of a chat while one message is tried; more is no move
GAP_OF_A_CHAT = timedelta(seconds=1)
AWAY = timedelta(seconds=30)  # Telegram is left alone when it does not answer
BAD_TOKEN = timedelta(minutes=5)


def deliver_due_messages(fence: Fence = FREE) -> str:
    hold.settle()
    if hold.standing() or not _anything():
        return ""
    bot = in_force()
    claims.take_back_what_was_cut_off(epoch=fence.epoch, channel=Channel.TELEGRAM)
    if bot is None or bot.is_quiet():
        return ""
    with journal.opened() as written:
        round_ = Round(bot, fence, written)
        round_.go()
    return ", ".join(f"{n} {word}" for n, word in ((round_.sent, "sent"), (round_.failed, "not sent")) if n)


def _anything() -> bool:
    mine = Message.objects.filter(channel=Channel.TELEGRAM)
    return mine.filter(state=State.WAITING, due_at__lte=now()).exists() or mine.filter(state=State.SENDING).exists()


class Round:
    def __init__(self, bot: InForce, fence: Fence, written: journal.Journal):
        self.bot, self.fence, self.journal = bot, fence, written
        self.told: dict[str, float] = {}  # when a chat was last told something, by the clock that never jumps
        self.last = 0.0
        self.sent = self.failed = 0
        self.is_over = False

    def go(self) -> None:
        until = time.monotonic() + LONGEST_ROUND
        while not self.is_over and time.monotonic() < until and not hold.standing():
            self.fence()
            batch = claims.claim(AT_ONCE, epoch=self.fence.epoch, channel=Channel.TELEGRAM)
            if not batch:
                return
            try:
                self._carry_all(batch)
            finally:
                claims.release(batch)  # those that were not begun

    def _carry_all(self, batch: list[Message]) -> None:
        for message in batch:
            self.fence()
            if self.is_over:
                return
            if time.monotonic() - self.told.get(message.to, 0.0) < GAP_OF_A_CHAT.total_seconds():
                claims.postpone([message], until=now() + GAP_OF_A_CHAT)
            else:
                self._carry(message)

    def _carry(self, message: Message) -> None:
        time.sleep(max(0.0, self.last + GAP - time.monotonic()))
        if not claims.begin(message, gone=None):
            return
        self.fence.last_look()
        try:
            self.bot.api.ask("sendMessage", **as_asked(message))
        except bot_api.NotTaken as problem:
            self.failed += 1
            self._not_taken(message, problem)
        else:
            self.journal.write(message.message_id, message.key)
            claims.sent(message)
            bot_actions.well(self.bot.row)
            self.sent += 1
        self.last = self.told[message.to] = time.monotonic()

    def _not_taken(self, message: Message, problem: bot_api.NotTaken) -> None:
        why = str(problem)
        match problem:
            case bot_api.TooMany():
                until = now() + timedelta(seconds=problem.retry_after)
                claims.postpone([message], until=until, why=why)
                self._rest(why, until - now())
            case bot_api.Moved() if message.attempts < MOST_MOVES and chats.follow(int(message.to), to=problem.chat):
                claims.postpone([message], until=now() + GAP_OF_A_CHAT, why=why)
                Message.objects.filter(pk=message.pk).update(to=str(problem.chat))
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

    def _rest(self, why: str, pause: timedelta) -> None:
        """The other messages wait as well."""
        log.warning("Telegram is left alone for a while.", why=why, seconds=pause.total_seconds())
        bot_actions.in_trouble(why, quiet=pause)
        self.is_over = True
