"""Messages that are due go to webhooks, in a lane of its own: nobody's mail waits for a server that people name."""

from datetime import timedelta

from superviseme.outbox import claims
from superviseme.outbox.models import Channel, Message
from superviseme.outbox.rounds import Round
from superviseme.outbox.smtp import Refused
from superviseme.web.fence import FREE, Fence
from superviseme.web.outward import Answer, NotTold, tell
from superviseme.web.time import now

from . import actions
from .models import Hook
from .words import headers_of

LONGEST_WAIT = timedelta(hours=6)
GONE = 410


def deliver_due_messages(fence: Fence = FREE) -> str:
    return Tellings(fence).run()


class Tellings(Round):
    channel = Channel.WEBHOOK
    at_once = 20
    hooks: dict[int, Hook]

    def prepare(self, batch: list[Message]) -> None:
        numbers = [message.recipient_id for message in batch]
        self.hooks = {h.person_id: h for h in Hook.objects.filter(person__in=numbers).select_related("person")}

    def carry(self, message: Message) -> None:
        hook = self.hooks.get(message.recipient_id or 0)
        if hook is None or hook.closed_at or not hook.person.is_active:
            self.failed += 1
            claims.refused(message, Refused("There is no webhook any more.", for_good=True), begun=False)
        elif hook.quiet_until and hook.quiet_until > now():
            claims.postpone([message], until=hook.quiet_until, why=hook.problem)
        elif (secret := hook.secret) is None:
            self.failed += 1
            claims.refused(message, Refused(actions.LOCKED), begun=False)
            actions.locked(hook)
        elif self.begin(message):
            self._tell(message, hook, secret)

    def _tell(self, message: Message, hook: Hook, secret: str) -> None:
        try:
            answer = tell(hook.address, message.text.encode(), headers_of(message, secret))
        except NotTold as problem:
            self._not_taken(message, hook, Refused(str(problem), in_doubt=problem.in_doubt))
            return
        if 200 <= answer.status < 300:
            self.went(message)
            actions.took(hook)
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
