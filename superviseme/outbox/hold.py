"""Everything that goes out is held after a restore, until it is known what went before: docs/decisions/scheduler.md.

A letter waiting in the restored database may have gone since the backup. The journal outside the database knows; what it
has is marked as sent, and letters of a period (a Monday report) that only it remembers are not written a second time.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from superviseme.web.time import now

from . import journal
from .models import Hold, Message, State

log = structlog.get_logger("superviseme.outbox")
NAME = "outbox-held.json"
OF_A_PERIOD = ("weekly:", "plan:", "day:")  # keys that name a person and a period, not a row that could be another
AT_ONCE = 500


@dataclass(frozen=True)
class Known:
    """What the journal says: the newest line of each key, and every Message-ID."""

    lines: dict[str, journal.Line]
    ids: frozenset[str]


@dataclass(frozen=True)
class Reckoning:
    """What resuming does, counted before it is done."""

    sent_before: int  # wait here, and went already
    remembered: int  # letters of a period that only the journal knows
    to_send: int  # go when resumed
    lines: int  # of the journal


@dataclass(frozen=True)
class Held:
    since: datetime
    reason: str


def hold(reason: str) -> None:
    """From now on letters wait; a hold that stands already keeps its reason.

    Said by a file in DATA_DIR, because the database is about to be replaced; whoever sees it there with the new database
    in reach puts it into a row (`settle`), which holds on every machine.
    """
    if _path().exists():
        return
    said = json.dumps({"since": now().isoformat(timespec="seconds"), "reason": reason[:300]})
    beside = _path().with_name(f".{NAME}.{os.getpid()}")
    beside.write_text(said)
    os.replace(beside, _path())
    log.warning("Everything that goes out is held.", reason=reason)


def held() -> str | None:
    """Why letters wait; None when they do not."""
    found = standing()
    return found.reason if found else None


def standing() -> Held | None:
    said = _said_by_file()
    row = None if said else Hold.objects.filter(ended_at=None).first()
    return said or (Held(row.since, row.reason) if row else None)


def settle() -> None:
    """What the file says is said by the database from now on."""
    said = _said_by_file()
    if said is None:
        return
    with transaction.atomic():
        if not Hold.objects.filter(ended_at=None).exists():
            Hold.objects.create(since=said.since, reason=said.reason)
    _path().unlink(missing_ok=True)


def _said_by_file() -> Held | None:
    """One that cannot be read holds as well."""
    try:
        said = json.loads(_path().read_text())
        return Held(datetime.fromisoformat(said["since"]), str(said["reason"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return Held(now(), "")


def _path() -> Path:
    return Path(settings.DATA_DIR) / NAME


@transaction.atomic
def reckon(more: Iterable[Path] = ()) -> Reckoning:
    known = _known(more)
    sent = sum(len(messages) for messages, _missing in _matches(known))
    missing = sum(len(lines) for _messages, lines in _matches(known))
    unsent = Message.objects.filter(state__in=[State.WAITING, State.SENDING]).count()
    going = unsent - sum(m.state != State.FAILED for messages, _missing in _matches(known) for m in messages)
    return Reckoning(sent, missing, going, len(known.ids))


def resume(more: Iterable[Path] = ()) -> Reckoning:
    """Reconcile with the journal (and those of other machines, `more`), then let go. Twice is once."""
    settle()
    with transaction.atomic():
        return _let_go(more)


def _let_go(more: Iterable[Path]) -> Reckoning:
    known, reckoning = _known(more), reckon(more)
    for messages, missing in _matches(known):
        for message in messages:
            row = Message.objects.filter(pk=message.pk)
            row.update(state=State.SENT, sent_at=known.lines[message.key].at, last_error="", claimed_by="")
        Message.objects.bulk_create(map(_stand_in, missing), ignore_conflicts=True)
    Message.objects.filter(state=State.SENDING).update(state=State.WAITING, claimed_by="", data_at=None)
    Hold.objects.filter(ended_at=None).update(ended_at=now())
    log.info("What was held goes out.", sent_before=reckoning.sent_before, to_send=reckoning.to_send)
    return reckoning


def _known(more: Iterable[Path]) -> Known:
    lines = sorted(journal.lines([*more, *journal.files()]), key=lambda line: line.at)
    return Known({line.key: line for line in lines}, frozenset(line.message_id for line in lines))


def _matches(known: Known) -> Iterator[tuple[list[Message], list[journal.Line]]]:
    """By AT_ONCE keys: rows that went although they are not marked so, and lines of periods without a row.

    A row is the letter of the line when it has its Message-ID; another row under the same key is another letter: numbers
    are given again after a restore.
    """
    keys = iter(known.lines)
    while some := list(islice(keys, AT_ONCE)):
        rows = {m.key: m for m in Message.objects.filter(key__in=some).only("key", "state", "message_id")}
        went = [
            m
            for m in rows.values()
            if m.state != State.SENT and (m.message_id in known.ids or m.key.startswith(OF_A_PERIOD))
        ]
        yield went, [known.lines[key] for key in some if key not in rows and key.startswith(OF_A_PERIOD)]


def _stand_in(line: journal.Line) -> Message:
    return Message(
        key=line.key,
        letter=line.key.partition(":")[0],
        to="",
        subject=_("Sent before the database was restored"),
        text="",
        message_id=line.message_id,
        state=State.SENT,
        created_at=line.at,
        due_at=line.at,
        sent_at=line.at,
    )
