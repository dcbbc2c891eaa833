"""Delivers what is due: claimed by a conditional UPDATE, tried again ever more slowly, given up after three days.

A kill between "claimed" and "sent" is the only moment of doubt: such a message goes again with the same Message-ID.
"""

import random
from datetime import timedelta

import structlog
from django.db.models import F

from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from .channels import Refused, Site, mailbox
from .hold import held
from .letters import SECRET
from .models import Message, State

log = structlog.get_logger("superviseme.outbox")
AT_ONCE = 100
DOUBT = timedelta(minutes=3)  # longer than any delivery may take
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
GIVEN_UP = timedelta(hours=72)


def deliver_due_messages(fence: Fence = FREE) -> str:
    """Up to AT_ONCE messages; what the mail server does not take waits, and does not hold up the others."""
    if held() is not None:
        return ""
    _take_back_doubtful()
    due = Message.objects.filter(state=State.WAITING, due_at__lte=now()).order_by("due_at", "pk")
    sent = failed = 0
    with mailbox() as site:
        for message in due[:AT_ONCE]:
            fence()
            if not _claim(message):
                continue
            done = _try(message, site)
            sent, failed = sent + done, failed + (not done)
            if site.is_away:
                break
    return ", ".join(f"{n} {word}" for n, word in ((sent, "sent"), (failed, "not sent")) if n)


def _claim(message: Message) -> bool:
    """Of many who see a message, one delivers it."""
    waiting = Message.objects.filter(pk=message.pk, state=State.WAITING, attempts=message.attempts)
    return waiting.update(state=State.SENDING, claimed_at=now(), attempts=F("attempts") + 1) == 1


def _try(message: Message, site: Site) -> bool:
    message.attempts += 1
    try:
        site.send(message)
    except Refused as refusal:
        _refused(message, refusal)
        return False
    except Exception as problem:  # whatever it is, it must not hold up the other letters
        log.exception("A message could not be sent.", message=message.pk)
        _refused(message, Refused(f"{type(problem).__name__}: {problem}"))
        return False
    _sent(message, site)
    return True


def _sent(message: Message, site: Site) -> None:
    emptied = {"text": "", "html": ""} if site.is_real and message.letter in SECRET else {}
    ours = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    ours.update(state=State.SENT, sent_at=now(), last_error="", **emptied)


def _refused(message: Message, refusal: Refused) -> None:
    moment = now()
    over = refusal.for_good or moment - message.created_at > GIVEN_UP
    log.warning("A message was not taken.", message=message.pk, for_good=over, why=refusal.why)
    ours = Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    ours.update(
        state=State.FAILED if over else State.WAITING,
        due_at=moment + pause_after(message.attempts),
        last_error=refusal.why[:2000],
    )


def pause_after(attempts: int) -> timedelta:
    """Doubling, with a fifth more or less, so that many do not come back together."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 12), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


def _take_back_doubtful() -> None:
    """Messages whose sender was cut off: they may have gone, so the same Message-ID goes again."""
    doubtful = Message.objects.filter(state=State.SENDING, claimed_at__lt=now() - DOUBT)
    count = doubtful.update(state=State.WAITING, last_error="The sender was cut off; this may be a second copy.")
    if count:
        log.warning("Messages of a sender that was cut off go again.", possible_duplicates=count)
