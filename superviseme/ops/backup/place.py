"""Where backups lie: one folder each, a lock for whoever makes or removes any, and a note of what was verified."""

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from superviseme.ops.exits import REFUSED, Stop
from superviseme.web.time import now

from . import disk, manifest
from .manifest import Manifest
from .postgres import Postgres
from .sqlite import Sqlite

MAKING = ".making-"
ID = re.compile(r"\d{8}T\d{6}Z-[\w.+]+-[0-9a-f]{6}")
HALF_A_NOTE = re.compile(rf"\.{ID.pattern}\.verified\.\d+")
Engine = Sqlite | Postgres


@dataclass(frozen=True)
class Verified:
    """When every byte was read last, and when it was really restored last. Counts only for the manifest it names."""

    manifest: str
    at: str
    deep_at: str = ""


def root() -> Path:
    return Path(settings.BACKUP_DIR)


def engine() -> Engine:
    database = connection.settings_dict
    return Sqlite(Path(database["NAME"])) if database["ENGINE"].endswith("sqlite3") else Postgres(database)


def new_id(release: str) -> str:
    return f"{now().astimezone(UTC):%Y%m%dT%H%M%SZ}-{re.sub(r'[^A-Za-z0-9.+]', '.', release)}-{secrets.token_hex(3)}"


def folders() -> list[Path]:
    """Newest first."""
    with suppress(OSError):
        return sorted((f for f in root().iterdir() if f.is_dir() and ID.fullmatch(f.name)), reverse=True)
    return []


def named(number: str) -> Path:
    found = root() / number
    if not ID.fullmatch(number) or not found.is_dir():
        raise Stop(f"There is no backup {number} in {root()}: ./runbook backup list shows what there is.", REFUSED)
    return found


@contextmanager
def lock(patience: float = 0) -> Iterator[None]:
    """One at a time makes, verifies by restoring, or removes; what a killed one left behind is cleared. Who comes second
    waits for so many seconds."""
    try:
        disk.folder(root())
        file = (root() / ".lock").open("w")
    except OSError as problem:
        raise Stop(f"BACKUP_DIR {root()} cannot be written to: {problem.strerror}.") from None
    with file:
        if not _taken(file, patience):
            raise Stop("Another backup is being made, verified or removed at this moment.", REFUSED)
        clear_leftovers()
        yield


def _taken(file: IO[str], patience: float) -> bool:
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.1)


def clear_leftovers() -> None:
    for left in root().glob(".*"):
        if left.name.startswith((MAKING, ".removing-", ".scratch-")) or HALF_A_NOTE.fullmatch(left.name):
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)


def remove(folder: Path) -> None:
    """Out of the list first, then byte by byte."""
    gone = root() / f".removing-{folder.name}-{os.getpid()}"
    os.replace(folder, gone)
    _note(folder).unlink(missing_ok=True)
    shutil.rmtree(gone, ignore_errors=True)


def verified(folder: Path) -> Verified | None:
    """What was noted of this very manifest; None when nothing counts."""
    try:
        note = Verified(**json.loads(_note(folder).read_text()))
        return note if note.manifest == (folder / manifest.SUM).read_text().split()[0] else None
    except (OSError, ValueError, TypeError, IndexError):
        return None


def note_verified(folder: Path, *, deep: bool) -> None:
    before, moment = verified(folder), now().isoformat(timespec="seconds")
    figure = (folder / manifest.SUM).read_text().split()[0]
    note = Verified(figure, moment, moment if deep else before.deep_at if before else "")
    _write_note(folder, asdict(note))


def note_damaged(folder: Path) -> None:
    _write_note(folder, {"damaged_at": now().isoformat(timespec="seconds")})


def _write_note(folder: Path, said: dict[str, str]) -> None:
    """Reading needs no lock: who holds it may take a note half written for one that somebody killed left behind."""
    content = json.dumps(said).encode()
    try:
        disk.write(_note(folder), content)
    except FileNotFoundError:
        disk.write(_note(folder), content)


def is_damaged(folder: Path) -> bool:
    """Whether the last reading found it so."""
    try:
        return "damaged_at" in json.loads(_note(folder).read_text())
    except (OSError, ValueError, TypeError):
        return False


def latest_good() -> tuple[Path, Manifest, Verified] | None:
    """The newest one that was read to the last byte and whose manifest is sound."""
    for folder in folders():
        note = verified(folder)
        if note:
            with suppress(Stop):
                return folder, manifest.read(folder), note
    return None


def moment_of(text: str) -> datetime:
    """A moment as people type it; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Stop(f"«{text}» is no moment: write 2026-11-25T14:30 (UTC).", 2) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _note(folder: Path) -> Path:
    return root() / f"{folder.name}.verified"
