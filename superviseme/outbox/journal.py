"""What was really sent, written down outside the database: after a restore it says what must not go again.

One file a month in DATA_DIR/sent, lines only ever added: when, Message-ID, key. A line is with the system before the
database hears of the letter, and on the disk (fsync) a quarter of a second later at the latest.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from superviseme.web.time import now

SYNC_EVERY = 0.25  # seconds; docs/decisions/scheduler.md has what it costs
KEPT_MONTHS = 4


@dataclass(frozen=True)
class Line:
    at: datetime
    message_id: str
    key: str


class Journal:
    """Open for writing during one round of letters."""

    def __init__(self, number: int):
        self.number, self.synced_at, self.is_dirty = number, time.monotonic(), False

    def write(self, message_id: str, key: str) -> None:
        line = {"at": now().astimezone(UTC).isoformat(timespec="milliseconds"), "id": message_id, "key": key}
        os.write(self.number, (json.dumps(line, ensure_ascii=False) + "\n").encode())
        self.is_dirty = True
        if time.monotonic() - self.synced_at > SYNC_EVERY:
            self.sync()

    def sync(self) -> None:
        if self.is_dirty:
            os.fsync(self.number)
        self.is_dirty, self.synced_at = False, time.monotonic()


@contextmanager
def opened() -> Iterator[Journal]:
    path = folder() / f"{now().astimezone(UTC):%Y-%m}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    journal = Journal(number)
    try:
        yield journal
    finally:
        journal.sync()
        os.close(number)


def folder() -> Path:
    return settings.DATA_DIR / "sent"


def files() -> list[Path]:
    """Oldest first."""
    return sorted(folder().glob("*.log"))


def lines(paths: Iterable[Path]) -> Iterator[Line]:
    """What the files say; a line cut off by a crash is left out."""
    for path in paths:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from (line for line in map(_read, file) if line)


def _read(text: str) -> Line | None:
    try:
        said = json.loads(text)
        return Line(datetime.fromisoformat(said["at"]), said["id"], said["key"])
    except (ValueError, KeyError, TypeError):
        return None


def drop_old() -> int:
    """Months in which nothing was sent that a backup could still have waiting."""
    old = files()[:-KEPT_MONTHS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
