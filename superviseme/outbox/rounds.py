"""Delivery of a channel beside mail: what is due is claimed in batches and carried one by one, under the fence, the journal
and the hold that mail has. A channel says how one message is carried (`carry`), and what has to be so before."""

import time

import structlog
from django.db import InterfaceError, OperationalError

from superviseme.web.fence import Fence

from . import claims, hold, journal
from .models import Message
from .smtp import Refused

log = structlog.get_logger("superviseme.outbox")


class Round:
    channel: str
    at_once = 25  # claimed together
    longest = 30.0  # seconds of a round
    journal: journal.Journal

    def __init__(self, fence: Fence):
        self.fence = fence
        self.sent = self.failed = 0
        self.begun = 0  # the number of the message that may have gone
        self.is_over = False  # the others wait as well

    def may_begin(self) -> bool:
        return True

    def prepare(self, batch: list[Message]) -> None:
        """What is looked up for many at once."""

    def carry(self, message: Message) -> None:
        raise NotImplementedError

    def run(self) -> str:
        """One round; says how many went."""
        hold.settle()
        if hold.standing() or not claims.anything(self.channel):
            return ""
        claims.take_back_what_was_cut_off(epoch=self.fence.epoch, channel=self.channel)
        claims.give_up_old(self.channel)
        if not self.may_begin():
            return ""
        with journal.opened() as self.journal:
            self._go(time.monotonic() + self.longest)
        return said(self.sent, self.failed)

    def begin(self, message: Message) -> bool:
        """From here on it may have gone; False when it is not ours any more."""
        is_ours = claims.begin(message, gone=None)
        if is_ours:
            self.begun = message.pk
            self.fence.last_look()
        return is_ours

    def went(self, message: Message) -> None:
        self.journal.write(message.message_id, message.key)
        claims.sent(message)
        self.sent += 1

    def _go(self, until: float) -> None:
        while not self._ends(until) and not hold.standing():
            self.fence()
            batch = claims.claim(self.at_once, epoch=self.fence.epoch, channel=self.channel)
            if not batch:
                return
            try:
                self._carry_all(batch, until)
            finally:
                claims.release(batch)  # those that were not begun

    def _carry_all(self, batch: list[Message], until: float) -> None:
        self.prepare(batch)
        for message in batch:
            self.fence()
            if self._ends(until):
                return
            self._carry(message)

    def _carry(self, message: Message) -> None:
        """Whatever goes wrong with one must not hold up the others, nor send it again and again."""
        try:
            self.carry(message)
        except (OperationalError, InterfaceError):
            raise
        except Exception as problem:
            begun = self.begun == message.pk
            log.exception("A message could not be sent.", message=message.pk)
            claims.refused(message, Refused(type(problem).__name__, in_doubt=begun), begun=begun)
            self.failed += 1

    def _ends(self, until: float) -> bool:
        return self.is_over or time.monotonic() > until


def said(sent: int, failed: int) -> str:
    return ", ".join(f"{n} {word}" for n, word in ((sent, "sent"), (failed, "not sent")) if n)
