"""Messages that are due go to webhooks, in a lane of its own: nobody's mail waits for a server that people name."""

import time
from datetime import timedelta

import structlog

from superviseme.outbox import claims, hold, journal
from superviseme.outbox.models import Channel, Message, State
from superviseme.outbox.smtp import Refused
from superviseme.web.fence import FREE, Fence
from superviseme.web.outward import Answer, NotTold, tell
from superviseme.web.sealed import unseal
from superviseme.web.time import now

from . import actions
from .models import Hook
from .words import headers_of

log = structlog.get_logger("superviseme.webhooks")
AT_ONCE = 20
LONGEST_ROUND = 30.0  # seconds
LONGEST_WAIT = timedelta(hours=6)
GONE = 410


def deliver_due_messages(fence: Fence = FREE) -> str:
    hold.settle()
    if hold.standing() or not _anything():
        return ""
    claims.take_back_what_was_cut_off(epoch=fence.epoch, channel=Channel.WEBHOOK)
    with journal.opened() as written:
        round_ = Round(fence, written)
        round_.go()
    return ", ".join(f"{n} {word}" for n, word in ((round_.sent, "sent"), (round_.failed, "not sent")) if n)


def _anything() -> bool:
    mine = Message.objects.filter(channel=Channel.WEBHOOK)
    return mine.filter(state=State.WAITING, due_at__lte=now()).exists() or mine.filter(state=State.SENDING).exists()


class Round:
    def __init__(self, fence: Fence, written: journal.Journal):
        self.fence, self.journal = fence, written
        self.sent = self.failed = 0

    def go(self) -> None:
        until = time.monotonic() + LONGEST_ROUND
        while time.monotonic() < until and not hold.standing():
            self.fence()
            batch = claims.claim(AT_ONCE, epoch=self.fence.epoch, channel=Channel.WEBHOOK)
            if not batch:
                return
            numbers = [m.recipient_id for m in batch]
            hooks = {h.person_id: h for h in Hook.objects.filter(person__in=numbers).select_related("person")}
            try:
                for message in batch:
                    self.fence()
                    if time.monotonic() > until:
                        return
                    self._carry(message, hooks.get(message.recipient_id or 0))
            finally:
                claims.release(batch)  # those that were not begun

    def _carry(self, message: Message, hook: Hook | None) -> None:
        secret = unseal(hook.sealed_secret) if hook else None
        if hook is None or hook.closed_at or not hook.person.is_active or secret is None:
            self.failed += 1
            claims.refused(message, Refused("There is no webhook any more.", for_good=True), begun=False)
        elif hook.quiet_until and hook.quiet_until > now():
            claims.postpone([message], until=hook.quiet_until, why=hook.problem)
        elif claims.begin(message, gone=None):
            self.fence.last_look()
            self._tell(message, hook, secret)

    def _tell(self, message: Message, hook: Hook, secret: str) -> None:
        try:
            answer = tell(hook.address, message.text.encode(), headers_of(message, secret))
        except NotTold as problem:
            self._not_taken(message, hook, Refused(str(problem), in_doubt=problem.in_doubt))
            return
        if 200 <= answer.status < 300:
            self.journal.write(message.message_id, message.key)
            claims.sent(message)
            actions.took(hook)
            self.sent += 1
        else:
            refusal = Refused(f"It answers {answer.status}.", for_good=answer.status == GONE)
            self._not_taken(message, hook, refusal, answer)

    def _not_taken(self, message: Message, hook: Hook, refusal: Refused, answer: Answer | None = None) -> None:
        self.failed += 1
        wait = _wait(answer)
        claims.refused(message, refusal, begun=True)
        actions.failed(hook, refusal.why, until=now() + wait if wait else None, gone=refusal.for_good)


def _wait(answer: Answer | None) -> timedelta | None:
    said = answer.retry_after if answer else ""
    return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT) if said.isascii() and said.isdigit() else None
