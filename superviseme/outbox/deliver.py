"""Delivers what is due: claimed in batches, one letter in the mail server's hands at a time, tried again ever more slowly.

Killed anywhere, one letter is in doubt at most: the one between "about to say DATA" (a commit of its own) and the next
commit. It goes again with the same Message-ID, and the log says so. Who makes us wait is put aside, and the others go on.
"""

import queue
import time
from dataclasses import dataclass

import structlog
from django.conf import settings

from superviseme.web.fence import FREE, Fence

from . import claims, hold
from .journal import Journal, opened
from .lanes import Lane
from .models import Message
from .rounds import said
from .smtp import Away, Refused

log = structlog.get_logger("superviseme.outbox")
AT_ONCE = 100  # claimed together
MOST = 2000  # in one round
PATIENCE = 2.0  # seconds a letter may take before the others go on without it
LIMIT = 30.0  # seconds a letter may take at all
MOST_LANES = 6  # with letters that take long


def deliver_due_messages(fence: Fence = FREE) -> str:
    """One round, until nothing is due or under way; what the mail server does not take waits."""
    hold.settle()
    if hold.standing():
        return ""
    claims.take_back_what_was_cut_off(epoch=fence.epoch)
    if not settings.MAIL_SERVER:
        return _keep_in_house(fence)
    with opened() as journal:
        round_ = Round(fence, journal)
        try:
            round_.go()
        finally:
            round_.end()
    return said(round_.sent, round_.failed)


def _keep_in_house(fence: Fence) -> str:
    kept = 0
    while messages := claims.claim(AT_ONCE, epoch=fence.epoch):
        fence()
        claims.kept_in_house(messages)
        kept += len(messages)
    return said(kept, 0)


@dataclass
class Errand:
    """A letter on its way through a lane."""

    message: Message
    lane: Lane
    began: float
    step: str = "connect"  # then offer, then data
    is_aborted: bool = False


class Round:
    def __init__(self, fence: Fence, journal: Journal):
        self.fence, self.journal = fence, journal
        self.free: list[Lane] = []
        self.long: list[Errand] = []  # put aside: they take longer than PATIENCE
        self.slow: set[str] = set()  # hosts that made us wait: one letter to all of them at a time
        self.waiting: list[Message] = []  # claimed and not begun
        self.gone: Message | None = None  # taken by the server, not yet written down
        self.sent = self.failed = 0
        self.is_away = False

    def go(self) -> None:
        while not self.is_away and (self.long or self.sent + self.failed < MOST):
            self.fence()
            if hold.standing():
                return
            batch = claims.claim(AT_ONCE, epoch=self.fence.epoch)
            self.waiting += batch
            self._carry_all([m for m in self.waiting if host_of(m) not in self.slow])
            self._write_down()
            self._look_after_long_ones(PATIENCE / 10 if not batch else 0)
            if not (batch or self.long or self.waiting):
                return

    def _carry_all(self, messages: list[Message]) -> None:
        for message in messages:
            self.fence()
            if self.is_away:
                return
            if host_of(message) not in self.slow:
                self._carry(message)
            if self.long:
                self._look_after_long_ones(0)

    def _carry(self, message: Message) -> None:
        while len(self.long) >= MOST_LANES:
            self.fence()
            self._look_after_long_ones(PATIENCE / 10)
        self.waiting.remove(message)
        errand = Errand(message, self.free.pop() if self.free else Lane(), time.monotonic())
        errand.lane.ask(errand.lane.site.connect)
        try:
            over = self._advance(errand, LIMIT)
        except BaseException:
            self.long.append(errand)
            raise
        if not over:
            self.slow.add(host_of(message))
            self.long.append(errand)

    def _advance(self, errand: Errand, patience: float) -> bool:
        """Step by step as the server answers; False when it takes longer than we wait."""
        while True:
            try:
                problem = self._answer(errand, patience if errand.step == "connect" else min(patience, PATIENCE))
            except queue.Empty:
                return False
            if problem is not None:
                self._refused(errand, problem)
                return True
            if errand.step == "data":
                self._gone(errand)
                return True
            if not self._next(errand):
                return True

    def _answer(self, errand: Errand, patience: float) -> Exception | None:
        """While nothing can have gone, one hears of a stop."""
        until = time.monotonic() + patience
        while errand.step != "data" and (left := until - time.monotonic()) > 0:
            try:
                return errand.lane.answer(min(left, 0.25))
            except queue.Empty:
                self.fence()
        return errand.lane.answer(until - time.monotonic())

    def _next(self, errand: Errand) -> bool:
        site = errand.lane.site
        if errand.step == "connect":
            errand.step = "offer"
            errand.lane.ask(site.offer, errand.message)
            return True
        is_ours = claims.begin(errand.message, gone=self.gone)
        self.gone = None
        if not is_ours:
            self.free.append(errand.lane)  # taken away from us; the server forgets the offer at the next one
            return False
        self.fence.last_look()
        errand.step = "data"
        errand.lane.ask(site.hand_over)
        return True

    def _gone(self, errand: Errand) -> None:
        self._write_down()
        self.journal.write(errand.message.message_id, errand.message.key)
        self.gone = errand.message
        self.sent += 1
        self.free.append(errand.lane)

    def _write_down(self) -> None:
        if self.gone:
            claims.sent(self.gone)
        self.gone = None

    def _refused(self, errand: Errand, problem: Exception) -> None:
        if not isinstance(problem, Refused):  # whatever it is, it must not hold up the other letters
            log.error("A message could not be sent.", message=errand.message.pk, exc_info=problem)
            problem = Refused(f"{type(problem).__name__}: {problem}", in_doubt=errand.step == "data")
        claims.refused(errand.message, problem, begun=errand.step == "data")
        self.failed += 1
        self.is_away = self.is_away or isinstance(problem, Away)
        self.free.append(errand.lane)

    def _look_after_long_ones(self, pause: float) -> None:
        """Those that got an answer go on, those over the limit are broken off, the next to a slow host may start."""
        if pause and self.long:
            time.sleep(pause)
        for errand in list(self.long):
            if time.monotonic() - errand.began > LIMIT and not errand.is_aborted:
                errand.is_aborted = True
                errand.lane.site.abort()
            if self._advance(errand, 0):
                self.long.remove(errand)
                if time.monotonic() - errand.began < PATIENCE:
                    self.slow.discard(host_of(errand.message))
        if not self.long and not self.is_away and (slow := [m for m in self.waiting if host_of(m) in self.slow]):
            self._start_slow(slow[0])

    def _start_slow(self, message: Message) -> None:
        self.waiting.remove(message)
        errand = Errand(message, self.free.pop() if self.free else Lane(), time.monotonic())
        errand.lane.ask(errand.lane.site.connect)
        self.long.append(errand)

    def end(self) -> None:
        """Whatever ends the round: what has gone is written down, what was not begun waits again."""
        not_begun = [errand for errand in self.long if errand.step != "data"]
        try:
            self._write_down()
            claims.release([*self.waiting, *(errand.message for errand in not_begun)])
            self._last_answers([errand for errand in self.long if errand.step == "data"])
        finally:
            for errand in not_begun:
                errand.lane.site.abort()
            for lane in [*self.free, *(errand.lane for errand in self.long)]:
                lane.end()

    def _last_answers(self, errands: list[Errand]) -> None:
        """A moment for those in the server's hands; what it does not answer stays in doubt."""
        until = time.monotonic() + PATIENCE / 2
        for errand in errands:
            if self._advance(errand, max(0.0, until - time.monotonic())):
                self.long.remove(errand)
        self._write_down()


def host_of(message: Message) -> str:
    return message.to.rpartition("@")[2].lower()
