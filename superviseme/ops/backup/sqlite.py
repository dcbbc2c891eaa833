"""A SQLite database: copied page by page while others write, and exchanged in one transaction."""

import contextlib
import gzip
import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from superviseme.ops.exits import Stop

from .contents import sqlite_contents
from .disk import CHUNK, private, sync
from .facts import Seen, see

NAME = "sqlite"
PART = "database.sqlite3.gz"
BEFORE = ".before-"
COUNT = "SELECT count(*) FROM accounts_person"
PATIENCE = 30  # seconds for whoever writes at the moment


class Sqlite:
    """What the commands need of an engine; postgres.py has the other."""

    name = NAME
    part = PART

    def __init__(self, file: Path):
        self.file = file

    def version(self) -> str:
        return sqlite3.sqlite_version

    def size(self) -> int:
        with contextlib.suppress(OSError):
            return self.file.stat().st_size
        return 0

    def dump(self, folder: Path) -> tuple[Path, Seen]:
        """The database as of one moment, packed, and what it holds."""
        copy = Copy(folder / ".copy.sqlite3")
        with closing(connect(self.file)) as source:
            copy_into(source, copy.file)
        packed = folder / PART
        with copy.file.open("rb") as plain, gzip.open(packed, "wb", compresslevel=3) as out:
            shutil.copyfileobj(plain, out, CHUNK)
        os.chmod(packed, 0o600)
        copy.refuse_damage()
        seen = copy.see()
        copy.discard()
        return packed, seen

    @contextmanager
    def scratch(self, part: Path, folder: Path) -> Iterator["Copy"]:
        """The packed database really restored, beside; gone afterwards unless it was moved."""
        copy = Copy(folder / f".scratch-{os.getpid()}.sqlite3")
        try:
            copy.unpack(part)
            copy.refuse_damage()
            yield copy
        finally:
            copy.discard()

    def look(self) -> tuple[str, int] | None:
        """The number of the site and how many people it has; None where there is no readable database."""
        if not self.file.is_file():
            return None
        try:
            with closing(connect(self.file)) as database:
                has_site = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'ops_site'").fetchone()
                site = database.execute("SELECT number FROM ops_site").fetchone() if has_site else None
                return (site[0] if site else ""), database.execute(COUNT).fetchone()[0]
        except sqlite3.DatabaseError:
            return None

    def is_led(self) -> bool:
        """Whether a scheduler holds its lease."""
        if not self.file.is_file():
            return False
        try:
            with closing(connect(self.file)) as database:
                led = "SELECT count(*) FROM ops_lease WHERE expires_at > strftime('%Y-%m-%d %H:%M:%f', 'now')"
                return bool(database.execute(led).fetchone()[0])
        except sqlite3.DatabaseError:
            return False

    def switch(self, restored: Any, *, stamp: str) -> str:
        """All pages in one transaction, so that every process sees the old or the new, and none keeps the old open."""
        kept = self.file.with_name(f"{self.file.name}{BEFORE}{stamp}")
        if not self.file.is_file():
            os.replace(restored.file, self.file)
            sync(self.file.parent)
            return ""
        try:
            with closing(connect(self.file)) as live:
                copy_into(live, kept)
                with closing(connect(restored.file)) as source:
                    source.backup(live, pages=-1, progress=_patiently(time.monotonic() + PATIENCE))
                live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError as problem:
            if "locked" in str(problem) or "busy" in str(problem):
                raise Stop("Somebody is writing to the database and does not stop: nothing was changed.") from None
            self._replace(restored, kept)
        return str(kept)

    def _replace(self, restored: "Copy", kept: Path) -> None:
        """The live file is no database any more: it is put aside as it is, with what belongs to it."""
        for ending in ("-wal", "-shm", ""):
            there = self.file.with_name(self.file.name + ending)
            if there.exists():
                os.replace(there, kept.with_name(kept.name + ending))
        os.replace(restored.file, self.file)
        sync(self.file.parent)

    def prune_kept(self, older_than: str) -> list[str]:
        """Databases that were replaced before that stamp."""
        found = sorted(self.file.parent.glob(f"{self.file.name}{BEFORE}*"))
        old = [file for file in found if file.name.rpartition(BEFORE)[2][:14] < older_than]
        for file in old:
            file.unlink(missing_ok=True)
        return [file.name for file in old]


def _patiently(deadline: float) -> Callable[[int, int, int], None]:
    """SQLite would wait for ever for whoever writes."""

    def progress(status: int, remaining: int, total: int) -> None:
        if status not in (0, 101) and time.monotonic() > deadline:
            raise sqlite3.OperationalError("database is locked")

    return progress


class Copy:
    """A database file that nobody else has open."""

    def __init__(self, file: Path):
        self.file = file

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file.resolve()}"

    def unpack(self, part: Path) -> None:
        try:
            with gzip.open(part, "rb") as packed, private(self.file) as out:
                shutil.copyfileobj(packed, out, CHUNK)
        except (EOFError, gzip.BadGzipFile, zlib.error) as problem:
            raise Stop(f"The database in the backup cannot be read: {problem}.") from None

    def see(self) -> Seen:
        with closing(connect(self.file)) as database:
            return see(sqlite_contents(database), lambda question: database.execute(question).fetchall())

    def rows(self, statement: str) -> list[Any]:
        with closing(connect(self.file)) as database:
            return database.execute(statement).fetchall()

    def refuse_damage(self) -> None:
        try:
            problems = [row[0] for row in self.rows("PRAGMA integrity_check(3)")]
        except sqlite3.DatabaseError as problem:
            problems = [str(problem)]
        if problems != ["ok"]:
            raise Stop(f"The database in the backup is damaged: {problems[0]}.")
        strays = self.rows("PRAGMA foreign_key_check")
        if strays:
            raise Stop(f"{len(strays)} rows in the backup refer to rows that are not there.")

    def discard(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)


def connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)


def copy_into(source: sqlite3.Connection, file: Path) -> None:
    """All pages in one step, so of one moment; writers are not held up."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect(file)) as target:
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
    sync(file)
