"""What delivery writes into the rows of the outbox. Each write carries its claim: a row that was taken away is left."""

import random
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet

from superviseme.web.time import now

from . import journal
from .letters import SECRET
from .models import Channel, Message, State
from .smtp import Refused

log = structlog.get_logger("superviseme.outbox")
DOUBT = timedelta(minutes=3)  # longer than any delivery may take; without a lease to tell who is cut off
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
GIVEN_UP = timedelta(hours=72)


def claim(count: int, *, epoch: int | None, channel: str = Channel.EMAIL) -> list[Message]:
    """Letters that are due, ours from now on: of many who see one, one gets it."""
    due = Message.objects.filter(channel=channel, state=State.WAITING, due_at__lte=now())
    wanted = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:count])
    if not wanted:
        return []
    token = secrets.token_hex(12)
    fresh = {"claimed_at": now(), "claimed_by": token, "claimed_epoch": epoch, "data_at": None}
    Message.objects.filter(pk__in=wanted, state=State.WAITING).update(state=State.SENDING, **fresh)
    return list(Message.objects.filter(pk__in=wanted, claimed_by=token).order_by("due_at", "pk"))


def release(messages: Iterable[Message]) -> None:
    """Not begun: they wait again as if never touched."""
    for message in messages:
        _ours(message).filter(data_at=None).update(state=State.WAITING, claimed_by="")


@transaction.atomic
def begin(message: Message, *, gone: Message | None) -> bool:
    """«It may have gone from here on», in one commit with the news that the one before has gone."""
    if gone:
        sent(gone)
    message.attempts += 1
    return _ours(message).update(data_at=now(), attempts=message.attempts) == 1


def sent(message: Message) -> None:
    emptied = {"text": "", "html": ""} if message.letter in SECRET else {}
    _ours(message).update(state=State.SENT, sent_at=now(), last_error="", **emptied)


def kept_in_house(messages: list[Message]) -> None:
    """Without a mail server the row itself is the letter."""
    ours = Message.objects.filter(pk__in=[m.pk for m in messages], state=State.SENDING)
    ours.update(state=State.SENT, sent_at=now(), last_error="", attempts=F("attempts") + 1)


def refused(message: Message, refusal: Refused, *, begun: bool) -> None:
    moment, attempts = now(), message.attempts + (not begun)
    over = refusal.for_good or moment - message.created_at > GIVEN_UP
    log.warning("A message was not taken.", message=message.pk, for_good=over, why=refusal.why)
    if refusal.in_doubt and not over:
        log_possible_copy(message, why=refusal.why)
    _ours(message).update(
        state=State.FAILED if over else State.WAITING,
        due_at=moment + pause_after(attempts),
        attempts=attempts,
        last_error=refusal.why[:2000],
        possible_copies=F("possible_copies") + int(refusal.in_doubt and not over),
    )


def postpone(messages: Iterable[Message], *, until: datetime, why: str = "") -> None:
    """Asked to come again at a certain time; nothing has gone. What waits for too long is given up."""
    for message in messages:
        over = now() - message.created_at > GIVEN_UP
        state = State.FAILED if over else State.WAITING
        _ours(message).update(state=state, due_at=until, claimed_by="", data_at=None, last_error=why[:2000])


def anything(channel: str) -> bool:
    """Whether a round has anything to look at."""
    mine = Message.objects.filter(channel=channel)
    return mine.filter(state=State.WAITING, due_at__lte=now()).exists() or mine.filter(state=State.SENDING).exists()


def give_up_old(channel: str) -> None:
    """What nobody even tried for too long, such as while a bot is away."""
    old = Message.objects.filter(channel=channel, state=State.WAITING, created_at__lt=now() - GIVEN_UP)
    old.filter(last_error="").update(last_error="Nothing took it for three days.")
    old.update(state=State.FAILED)


def drop(messages: QuerySet[Message]) -> None:
    """What is not to go any more: what waits, and what is claimed in this moment as long as it was not begun."""
    messages.filter(Q(state=State.WAITING) | Q(state=State.SENDING, data_at=None)).delete()


def pause_after(attempts: int) -> timedelta:
    """Doubling, with a fifth more or less, so that many do not come back together."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 12), LONGEST_PAUSE)
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 - no secret


def take_back_what_was_cut_off(*, epoch: int | None, channel: str = Channel.EMAIL) -> None:
    """Letters of a sender that is gone: not begun, they wait; begun, the journal is asked, and else it is doubt."""
    gone = Q(claimed_at__lt=now() - DOUBT) if epoch is None else Q(claimed_epoch__lte=epoch) | _unled()
    cut_off = Message.objects.filter(gone, state=State.SENDING, channel=channel)
    cut_off.filter(data_at=None).update(state=State.WAITING, claimed_by="")
    begun = list(cut_off.exclude(data_at=None).defer("text", "html"))
    if not begun:
        return
    known = {line.message_id for line in journal.lines(journal.files()[-2:])}
    for message in begun:
        if message.message_id in known:
            sent(message)
        else:
            log_possible_copy(message, why="The sender was cut off.")
            _ours(message).update(
                state=State.WAITING,
                possible_copies=F("possible_copies") + 1,
                last_error="The sender was cut off; this may be a second copy.",
            )


def log_possible_copy(message: Message, *, why: str) -> None:
    log.warning(
        "A message may go twice: possible duplicate.", message=message.pk, message_id=message.message_id, why=why
    )


def _unled() -> Q:
    return Q(claimed_epoch=None, claimed_at__lt=now() - DOUBT)


def _ours(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(pk=message.pk, state=State.SENDING, claimed_by=message.claimed_by)
