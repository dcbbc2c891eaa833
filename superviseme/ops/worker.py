"""The scheduler's process: holds the lease, works, survives a database that goes away, stops cleanly.

The main thread keeps the lease; what works stands in lanes, one thread each, so that a slow mail server delays no
reminder and a long job no mail.
"""

import contextlib
import os
import random
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:  # Django is set up only in main()
    from .lease import Holding

log = structlog.get_logger("superviseme.worker")
EVERY = 2.0  # seconds between ticks
LOOK = 0.25  # seconds between looks whether to stop
BEAT = 4.0  # seconds between heartbeats
GOODBYE = 3.0  # seconds for a lane to come to an end
SLOWEST = 30.0
REMIND = 30 * 60.0  # seconds between two reminders that the site is still closed


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
        refuse_where_nothing_may_run()
    except (ImproperlyConfigured, Refusal) as problem:
        print(problem, file=sys.stderr)
        return 3
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    loop(stop)
    return 0


class Refusal(Exception):
    """One sentence: why no scheduler starts here."""


def refuse_where_nothing_may_run() -> None:
    from django.conf import settings

    if settings.SITE_MODE == "test" or "pytest" in sys.modules:
        raise Refusal("Tests start no scheduler.")
    if not settings.ENV("ENABLE_SCHEDULER"):
        raise Refusal("Set ENABLE_SCHEDULER=true for the one place where the scheduler runs.")


def loop(stop: threading.Event) -> None:
    """Until `stop`: take the lease when it is free and lead while it lasts, else stand by."""
    from django.db import DatabaseError, InterfaceError, connections  # Django is set up only now
    from django.db.backends.signals import connection_created

    from . import instances, lease

    refuse_where_nothing_may_run()
    connection_created.connect(lease.let_go_when_asleep)
    me, pause = lease.me(), EVERY
    log.info("The scheduler started.", holder=me)
    while not stop.is_set():
        try:
            if _paused(stop):
                continue
            holding = lease.take(lease.NAME, me)
            if holding:
                _lead(holding, stop)
            else:
                instances.beat(me)
            pause = EVERY
        except lease.Lost:
            log.warning("Another scheduler has taken over; standing by.", holder=me)
        except (DatabaseError, InterfaceError) as problem:
            log.warning("The database does not answer; trying again.", problem=str(problem).strip()[:200], pause=pause)
            connections.close_all()
            pause = min(pause * 2, SLOWEST)
        stop.wait(pause * random.uniform(0.9, 1.1))  # noqa: S311 - only so that several do not march in step
    with contextlib.suppress(Exception):
        instances.leave(me)
    log.info("The scheduler stopped.", holder=me)


def _paused(stop: threading.Event) -> bool:
    """Closed for maintenance: the database is left alone until the site opens."""
    from django.db import connections

    from . import maintenance

    standing = maintenance.state()
    if standing is None:
        return False
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


def _lead(holding: "Holding", stop: threading.Event) -> None:
    """Until asked to stop or to pause, or the lease or the database is lost: then raises what a lane or the beat met."""
    from . import instances, maintenance
    from .clock import lanes

    log.info("This scheduler leads now.", holder=holding.holder, epoch=holding.epoch)
    over, troubles = threading.Event(), []  # type: ignore[var-annotated]  # exceptions of lanes, as they come
    crew = [threading.Thread(target=_lane, args=(lane, holding, over, troubles), daemon=True) for lane in lanes()]
    instances.beat(holding.holder, epoch=holding.epoch)
    for thread in crew:
        thread.start()
    try:
        beat_at = 0.0
        while not (stop.is_set() or maintenance.state() or over.wait(LOOK)):
            if time.monotonic() >= beat_at:
                holding.beat()
                instances.beat(holding.holder, epoch=holding.epoch)
                beat_at = time.monotonic() + BEAT
    finally:
        over.set()
        _end(crew)
        with contextlib.suppress(Exception):
            holding.release()
            instances.beat(holding.holder)  # it leads no more, and lives
    if troubles:
        raise troubles[0]


def _end(crew: list[threading.Thread]) -> None:
    """Who does not come to an end in time is left: behind the fence it can write nothing once somebody else leads."""
    until = time.monotonic() + GOODBYE
    for thread in crew:
        thread.join(timeout=max(0.0, until - time.monotonic()))


def _lane(lane: str, holding: "Holding", over: threading.Event, troubles: list[BaseException]) -> None:
    from django.db import connections

    from .clock import run_due
    from .guard import LeaseFence, Stopping, guarded

    fence = LeaseFence(epoch=holding.epoch, holding=holding, over=over)
    try:
        while not over.is_set():
            with guarded(holding):
                run_due(fence, lane=lane)
            over.wait(EVERY * random.uniform(0.9, 1.1))  # noqa: S311 - only so that several do not march in step
    except Stopping:
        pass
    except BaseException as trouble:  # whatever it is, the main thread has to know
        troubles.append(trouble)
    finally:
        over.set()
        connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
