"""The scheduler's process: holds the lease, ticks, survives a database that goes away, stops cleanly."""

import contextlib
import os
import random
import signal
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:  # Django is set up only in main()
    from .lease import Holding

log = structlog.get_logger("superviseme.worker")
EVERY = 2.0  # seconds between ticks
BEAT = 5.0  # seconds between heartbeats while a job takes long
SLOWEST = 30.0
REMIND = 30 * 60.0  # seconds of maintenance after which somebody may have forgotten it


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        print(problem, file=sys.stderr)
        return 3
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    loop(stop)
    return 0


def loop(stop: threading.Event) -> None:
    """Until `stop`: take the lease when it is free, then do what is due, again and again."""
    from django.db import DatabaseError, InterfaceError, connections  # Django is set up only now

    from . import lease

    holder, holding, pause = lease.me(), None, EVERY
    log.info("The scheduler started.", holder=holder)
    while not stop.is_set():
        try:
            if _paused(holding, stop):
                holding = None
                continue
            holding = holding or _take(holder)
            if holding:
                _tick(holding, stop)
            pause = EVERY
        except lease.Lost:
            log.warning("Another scheduler has taken over; standing by.", holder=holder)
            holding = None
        except (DatabaseError, InterfaceError) as problem:
            holding = None  # taken again under a new epoch, which finishes what was cut off
            log.warning("The database does not answer; trying again.", problem=str(problem).strip()[:200], pause=pause)
            connections.close_all()
            pause = min(pause * 2, SLOWEST)
        stop.wait(pause * random.uniform(0.9, 1.1))  # noqa: S311 - only so that several do not march in step
    _let_go(holding)
    log.info("The scheduler stopped.", holder=holder)


def _paused(holding: "Holding | None", stop: threading.Event) -> bool:
    """Closed for maintenance: the lease is let go and the database left alone until the site opens."""
    from django.db import connections

    from . import maintenance

    standing = maintenance.state()
    if standing is None:
        return False
    _let_go(holding)
    connections.close_all()
    log.info("Closed for maintenance: nothing runs.", since=standing.since.isoformat(), by=standing.by)
    reminder = REMIND
    while standing and not stop.wait(EVERY / 4):
        reminder -= EVERY / 4
        if reminder <= 0:
            log.warning("The site is still closed for maintenance.", since=standing.since.isoformat(), by=standing.by)
            reminder = REMIND
        standing = maintenance.state()
    return True


def _take(holder: str) -> "Holding | None":
    from . import lease

    holding = lease.take("scheduler", holder)
    if holding:
        log.info("This scheduler leads now.", holder=holder, epoch=holding.epoch)
    return holding


def _tick(holding: "Holding", stop: threading.Event) -> None:
    from . import guard
    from .clock import run_due

    holding.beat()
    with contextlib.suppress(guard.Stopping), _beating(holding):
        run_due(guard.LeaseFence(epoch=holding.epoch, holding=holding, stop=stop))


@contextlib.contextmanager
def _beating(holding: "Holding") -> Iterator[None]:
    """Keeps the lease while one piece of work (a slow mail server) takes long. What is lost shows at the next fence."""
    over = threading.Event()

    def beat() -> None:
        from django.db import connections

        from . import lease

        while not over.wait(BEAT):
            with contextlib.suppress(lease.Lost, Exception):
                holding.beat()
        connections.close_all()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=5)


def _let_go(holding: "Holding | None") -> None:
    if holding:
        with contextlib.suppress(Exception):
            holding.release()


if __name__ == "__main__":
    sys.exit(main())
