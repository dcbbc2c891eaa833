"""The scheduler: one leads, nothing ran twice or was left out, nothing is held, what goes out is written down."""

import os

from django.conf import settings
from django.db.models import Count, Max

from superviseme.ops import maintenance
from superviseme.ops.checks import Finding, Probe, Status
from superviseme.ops.clock import JOBS, when_of
from superviseme.ops.models import JobRun, RunState
from superviseme.ops.periods import missed_slots, name_of
from superviseme.ops.scheduler.queries import picture
from superviseme.outbox import hold, journal

LAST = 10  # periods of each job that are looked at
START = "./runbook serve scheduler, in one place, with ENABLE_SCHEDULER=true"


def _leads() -> Finding:
    now = picture()
    measured = f"leader {now.leading} standby {now.standing_by}"
    if now.leader:
        return Finding(measured=measured)
    if maintenance.state():
        return Finding(measured=f"{measured}, closed for maintenance")
    return Finding(Status.WARNING, measured, START)


def _silent() -> Finding:
    silent = [process.name for process in picture().processes if process.role == "silent"]
    return Finding(Status.WARNING if silent else Status.OK, ", ".join(silent))


def _ledger() -> Finding:
    """No period twice, and none left out between the oldest and the newest of the last ones of each job."""
    twice = JobRun.objects.values("job", "period").annotate(n=Count("pk")).filter(n__gt=1).order_by()
    found = [f"{row['job']} {row['period']} twice" for row in twice]
    for job in JOBS:
        runs = JobRun.objects.filter(job=job.name, slot_at__isnull=False) if job.when else JobRun.objects.none()
        newest = runs.order_by("-slot_at").values_list("slot_at", "period")[:LAST]
        last = [(slot, period) for slot, period in newest if slot]
        known = {period for _slot, period in last}
        when = when_of(job)
        between = missed_slots(when, last[-1][0], last[0][0]) if last and when else []
        found += [f"{job.name} {p} missing" for p in (name_of(job.period, s) for s in between) if p not in known]
    return Finding(Status.WARNING if found else Status.OK, ", ".join(found))


def _went_well() -> Finding:
    newest = JobRun.objects.values("job").annotate(newest=Max("pk")).values("newest").order_by()
    failed = JobRun.objects.filter(pk__in=newest, state=RunState.FAILED)
    found = [f"{run.job} {run.period}: {run.said}"[:120] for run in failed]
    return Finding(Status.FAILED if found else Status.OK, "; ".join(found))


def _held() -> Finding:
    held = hold.standing()
    if held is None:
        return Finding()
    return Finding(Status.PERSON, f"since {held.since:%Y-%m-%d %H:%M}Z: {held.reason}")


def _journal() -> Finding:
    folder = journal.folder() if journal.folder().exists() else settings.DATA_DIR
    can = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return Finding(Status.OK if can else Status.FAILED, str(folder))


PROBES: tuple[Probe, ...] = (
    Probe(
        "scheduler.one_leads",
        "4.5",
        "one scheduler leads, the others stand by",
        _leads,
        "None was started, or it cannot reach the database.",
        START,
    ),
    Probe(
        "scheduler.all_heard_of",
        "1.i",
        "every scheduler that was started is heard of or has said goodbye",
        _silent,
        "It was killed, hangs, or its machine is gone. The entry goes by itself after a day.",
        "look at that machine",
    ),
    Probe(
        "scheduler.ledger",
        "4.5",
        "in the ledger no period stands twice and none is missing",
        _ledger,
        "Rows were written or removed past the program, or a job was given another hour.",
        "nothing to do for what is past; /admin/scheduler runs a job again",
    ),
    Probe(
        "scheduler.jobs_went_well",
        "4.5",
        "the last run of every job went well",
        _went_well,
        "The reason stands beside it.",
        "mend what it names; /admin/scheduler runs the job again",
    ),
    Probe(
        "outbox.not_held",
        "",
        "nothing that goes out is held",
        _held,
        "A backup was restored, and nobody has reconciled it with what was sent since.",
        "./runbook scheduler resume --dry-run, then without it",
    ),
    Probe(
        "outbox.journal",
        "",
        "what goes out can be written down outside the database",
        _journal,
        "DATA_DIR belongs to somebody else.",
        "chown it to whoever runs the scheduler",
    ),
)
