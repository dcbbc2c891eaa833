"""What runs by itself: read JOBS. docs/clock.md is generated from it.

A job with `when` (cron, in the site's zone) runs once for each of its periods, the newest missed one within GRACE
included and marked as late; older ones are only written down. A job without runs at every tick. All are idempotent: a
run that was cut off is simply run again.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from superviseme.activity.silence.actions import watch_silences
from superviseme.activity.weekly.actions import send_weekly_reports
from superviseme.activity.weekly.actions import when as weekly_when
from superviseme.api.hooks.deliver import deliver_due_messages as deliver_to_webhooks
from superviseme.events.actions import seal_new_events
from superviseme.notifications.spread import spread_due_notices
from superviseme.outbox.deliver import deliver_due_messages
from superviseme.publications.orcid.worker import read_due_records
from superviseme.telegram.deliver import deliver_due_messages as deliver_to_telegram
from superviseme.telegram.talk.listen import listen
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now, site_zone

from . import runs
from .backup.jobs import back_up, try_one
from .forget import forget_what_expired
from .models import JobRun
from .periods import Period, missed_slots, name_of, newest_slot
from .purge.actions import purge_deleted, remove_unnamed_contents
from .reminders.actions import remind_of_due_days

log = structlog.get_logger("superviseme.clock")
GRACE = timedelta(hours=48)
LATE = timedelta(minutes=15)
AWAY = (InterfaceError, OperationalError)  # nothing more can be done in this tick


@dataclass(frozen=True)
class Job:
    name: str
    run: Callable[[Fence], str]  # says what it did, "" for nothing
    about: str | Promise
    when: str = ""
    period: Period = Period.DAY
    chosen: Callable[[], str] | None = None  # when, by a setting of the site, instead of `when`; "" for not at all
    lane: str = "jobs"  # what stands in one lane waits for each other; lanes run side by side


JOBS: tuple[Job, ...] = (
    Job("notices", spread_due_notices, _("Turns new notices into letters, one letter for what happened together.")),
    Job(
        "outbox",
        deliver_due_messages,
        _("Delivers letters that are due; tries again later, ever more slowly, for three days."),
        lane="post",
    ),
    Job(
        "telegram",
        deliver_to_telegram,
        _("Delivers messages to Telegram: one a second to a chat, 25 a second in all, none before Telegram allows it."),
        lane="telegram",
    ),
    Job(
        "telegram bot",
        listen,
        _("Tells Telegram how to reach us and hears what people write to the bot."),
        lane="telegram bot",
    ),
    Job(
        "webhooks",
        deliver_to_webhooks,
        _(
            "Tells webhooks what is due; tries again later, ever more slowly, and switches off what takes nothing for three days."
        ),
        lane="webhooks",
    ),
    Job(
        "orcid",
        read_due_records,
        _(
            "Reads linked ORCID records: when their people ask, once a week, and again after a failure, ever more slowly."
        ),
        lane="abroad",
    ),
    Job("seals", seal_new_events, _("Chains new events by hashes, so that a later change of the audit shows.")),
    Job(
        "reminders",
        remind_of_due_days,
        _("Reminds of to-dos and milestones due within three days, and of those just overdue or missed."),
        when="0 7 * * *",
    ),
    Job(
        "silences",
        watch_silences,
        _(
            "Tells who writes a thesis that nothing was heard for longer than agreed; three days later who supervises it."
        ),
        when="0 8 * * *",
    ),
    Job(
        "weekly",
        send_weekly_reports,
        _("The Monday report: one letter a supervisor and ISO week; and the plan of whoever writes and asked for one."),
        when="0 9 * * 1",
        period=Period.WEEK,
        chosen=weekly_when,
    ),
    Job(
        "purge",
        purge_deleted,
        _("Removes for good what was deleted long enough ago (30 days, or as the settings say)."),
        when="15 3 * * *",
    ),
    Job(
        "contents",
        remove_unnamed_contents,
        _("Removes the content of files that no version names any more, a day after it was noticed."),
        when="45 3 * * *",
    ),
    Job(
        "backup",
        back_up,
        _("Makes a backup when the newest is older than BACKUP_EVERY, copies it away, removes what no rule keeps."),
        lane="backup",
    ),
    Job(
        "backup check",
        try_one,
        _("Really restores the newest good backup beside the live database and compares what it holds."),
        when="30 2 * * *",
        lane="backup",
    ),
    Job(
        "forget",
        forget_what_expired,
        _("Drops ended sessions, old failed sign-ins and letters sent long ago."),
        when="30 3 * * *",
    ),
)


def when_of(job: Job) -> str:
    """The times of a job as the site has them now, "" when it is switched off or has none."""
    return job.chosen() if job.chosen else job.when


def lanes() -> list[str]:
    return sorted({job.lane for job in JOBS})


def run_due(fence: Fence = FREE, *, lane: str = "") -> list[str]:
    """One tick: everything that is due at `now()`, or what of it stands in one lane. Returns what was done.

    A job that fails does not stop the others.
    """
    done = []
    with timezone.override(site_zone()):
        known, asked = runs.newest_slots(), runs.asked_for()
        for job in JOBS:
            if lane not in ("", job.lane):
                continue
            fence()
            when = when_of(job)
            _run_when_asked(job, fence, asked)
            if job.when and not when:
                continue
            said = _run_slot(job, when, fence, known.get(job.name)) if when else _run(job, fence)
            if said:
                log.info("A job ran.", job=job.name, said=said)
                done.append(f"{job.name}: {said}")
    return done


def _run_slot(job: Job, when: str, fence: Fence, known: datetime | None) -> str:
    """`known` is the newest time of this job in the ledger; before the first there is nothing to be missed."""
    moment, epoch = now(), fence.epoch or 0
    slot = newest_slot(when, moment)
    for missed in missed_slots(when, known, slot) if known else ():
        runs.skip(job.name, name_of(job.period, missed), missed, epoch=epoch, why="Missed; a newer period has come.")
    period, late = name_of(job.period, slot), moment - slot > LATE
    if moment - slot > GRACE:
        if known and slot > known:
            runs.skip(job.name, period, slot, epoch=epoch, why="Missed by more than the grace.")
        return ""
    run = runs.claim(job.name, period, slot, epoch=epoch, late=late)
    if run is None:
        return ""
    runs.give_up_older(job.name, slot, epoch=epoch)
    return _run_and_write_down(job, run, dataclasses.replace(fence, slot=slot, late=late))


def _run_when_asked(job: Job, fence: Fence, asked: dict[str, datetime]) -> None:
    """Outside of its periods, because an administrator wished it."""
    if job.name in asked:
        run = runs.claim_asked(job.name, asked[job.name], epoch=fence.epoch or 0)
        if run:
            _run_and_write_down(job, run, fence)


def _run_and_write_down(job: Job, run: JobRun, fence: Fence) -> str:
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
