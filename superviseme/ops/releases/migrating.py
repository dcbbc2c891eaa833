"""Migrations as a step of their own: one holder, never waiting long for a lock, tried again."""

import contextlib
import fcntl
import os
import random
import time
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, connections

from superviseme.ops.exits import REFUSED, Stop

LOCK_TIMEOUT = "2s"  # a migration that waits for a lock makes everybody behind it wait
TRIES = 8
HOLDER = 0x5375_7065  # number of the advisory lock
BUSY = Stop("Another migration is running; this one changed nothing.", REFUSED)


def bring_up_to_date(*, verbosity: int) -> None:
    os.environ["PGOPTIONS"] = f"{os.environ.get('PGOPTIONS', '')} -c lock_timeout={LOCK_TIMEOUT}".strip()
    connections.close_all()
    with _one_holder():
        for attempt in range(TRIES):
            try:
                call_command("migrate", interactive=False, verbosity=verbosity)
                return _only_ours()
            except OperationalError as problem:
                if attempt == TRIES - 1 or not _is_about_a_lock(problem):
                    raise
                time.sleep(min(2**attempt, 8) * random.uniform(0.5, 1))  # noqa: S311 - only so that two do not march in step


def _only_ours() -> None:
    """SQLite gives what it writes beside the database the rights of the database."""
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                os.chmod(f"{connection.settings_dict['NAME']}{ending}", 0o600)


def _is_about_a_lock(problem: OperationalError) -> bool:
    text = str(problem)
    return "lock timeout" in text or "database is locked" in text or "deadlock detected" in text


@contextlib.contextmanager
def _one_holder() -> Iterator[None]:
    with _postgres() if connection.vendor == "postgresql" else _file():
        yield


@contextlib.contextmanager
def _postgres() -> Iterator[None]:
    """Held by the connection, so that a holder who is killed holds nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [HOLDER])
        if not cursor.fetchone()[0]:
            raise BUSY
    try:
        yield
    finally:
        with contextlib.suppress(Exception), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [HOLDER])


@contextlib.contextmanager
def _file() -> Iterator[None]:
    with (settings.DATA_DIR / "migrate.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BUSY from None
        yield
