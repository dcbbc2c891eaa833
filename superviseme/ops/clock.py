"""What runs by itself: read JOBS. docs/clock.md is generated from it.

A job with `when` (cron, in the site's zone) runs once for each of its times, the newest missed one within GRACE included;
a job without runs at every tick. All are idempotent: a run that was cut off is simply run again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from cronsim import CronSim
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from superviseme.events.actions import seal_new_events
from superviseme.notifications.spread import spread_due_notices
from superviseme.outbox.deliver import deliver_due_messages
from superviseme.web.time import now, site_zone

from . import lease, runs
from .forget import forget_what_expired
from .purge.actions import purge_deleted
from .reminders.actions import remind_of_due_days

log = structlog.get_logger("superviseme.clock")
Fence = Callable[[], None]  # raises when this process may not go on
GRACE = timedelta(hours=48)
AWAY = (lease.Lost, InterfaceError, OperationalError)  # nothing more can be done in this tick


@dataclass(frozen=True)
class Job:
    name: str
    run: Callable[[Fence], str]  # says what it did, "" for nothing
    about: str
    when: str = ""


JOBS: tuple[Job, ...] = (
    Job("notices", spread_due_notices, "Turns new notices into letters, one letter for what happened together."),
    Job(
        "outbox",
        deliver_due_messages,
        "Delivers letters that are due; tries again later, ever more slowly, for three days.",
    ),
    Job("seals", seal_new_events, "Chains new events by hashes, so that a later change of the audit shows."),
    Job(
        "reminders",
        remind_of_due_days,
        "Reminds of to-dos and milestones due within three days, and of to-dos just overdue.",
        when="0 7 * * *",
    ),
    Job("purge", purge_deleted, "Removes for good what was deleted more than 30 days ago.", when="15 3 * * *"),
    Job(
        "forget",
        forget_what_expired,
        "Drops ended sessions, old failed sign-ins and letters sent long ago.",
        when="30 3 * * *",
    ),
)


def run_due(*, epoch: int = 0, fence: Fence = lambda: None) -> list[str]:
    """One tick: everything that is due at `now()`. Returns what was done. A job that fails does not stop the others."""
    done = []
    with timezone.override(site_zone()):
        for job in JOBS:
            fence()
            said = _run_slot(job, epoch, fence) if job.when else _run(job, fence)
            if said:
                log.info("A job ran.", job=job.name, said=said)
                done.append(f"{job.name}: {said}")
    return done


def latest_slot(job: Job, moment: datetime) -> datetime:
    """The newest time of this job that is not in the future."""
    return next(CronSim(job.when, moment.astimezone(site_zone()) + timedelta(minutes=1), reverse=True))


def period_of(slot: datetime) -> str:
    return slot.strftime("%Y-%m-%d %H:%M")


def _run_slot(job: Job, epoch: int, fence: Fence) -> str:
    slot = latest_slot(job, now())
    if now() - slot > GRACE:
        return ""
    run = runs.claim(job.name, period_of(slot), epoch=epoch)
    if run is None:
        return ""
    try:
        said = job.run(fence)
    except AWAY:
        raise
    except Exception as problem:
        log.exception("A job failed.", job=job.name)
        runs.finish(run, failed=f"{type(problem).__name__}: {problem}")
        return ""
    runs.finish(run, said=said)
    return said or "nothing to do"


def _run(job: Job, fence: Fence) -> str:
    try:
        return job.run(fence)
    except AWAY:
        raise
    except Exception:
        log.exception("A job failed.", job=job.name)
        return ""
