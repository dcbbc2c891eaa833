"""One picture of the scheduler, for the page and for `./runbook scheduler status`. Who lives is by the database's clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Min, Q, Sum
from django.db.models.functions import Now
from django.utils import timezone

from superviseme.outbox import hold
from superviseme.outbox.models import Message, State
from superviseme.web.time import now, site_zone

from ..clock import JOBS, Job, when_of
from ..instances import SILENT_AFTER
from ..lease import NAME
from ..models import Instance, JobRun, Lease, RunRequest
from ..periods import next_slot

SHOWN = 30


@dataclass(frozen=True)
class Process:
    name: str
    host: str
    pid: int
    role: str  # leader, standby or silent
    epoch: int | None
    started_at: datetime
    beat_at: datetime


@dataclass(frozen=True)
class Line:
    """A job of the clock: when it runs next and how it went last."""

    job: Job
    next_at: datetime | None
    last: JobRun | None
    is_asked_for: bool


@dataclass(frozen=True)
class Picture:
    processes: list[Process]
    leader: str
    epoch: int
    jobs: list[Line]
    ledger: list[JobRun]
    outbox: dict[str, Any]
    held: hold.Held | None
    reckoning: hold.Reckoning | None

    @property
    def leading(self) -> int:
        return int(bool(self.leader))

    @property
    def standing_by(self) -> int:
        return sum(process.role == "standby" for process in self.processes)


def picture() -> Picture:
    lease = Lease.objects.filter(name=NAME).annotate(is_on=_is(Q(expires_at__gt=Now()))).first()
    leader = lease.holder if lease and lease.is_on else ""
    held = hold.standing()
    return Picture(
        processes=processes(leader),
        leader=leader,
        epoch=lease.epoch if lease else 0,
        jobs=_jobs(),
        ledger=list(JobRun.objects.order_by("-started_at", "-pk")[:SHOWN]),
        outbox=outbox(),
        held=held,
        reckoning=hold.reckon() if held else None,
    )


def processes(leader: str) -> list[Process]:
    rows = Instance.objects.annotate(is_alive=_is(Q(beat_at__gte=Now() - SILENT_AFTER))).order_by("started_at", "pk")
    return [
        Process(r.name, r.host, r.pid, _role(r, leader), r.epoch if r.name == leader else None, r.started_at, r.beat_at)
        for r in rows
    ]


def _role(row: Instance, leader: str) -> str:
    """One that led when it was last heard of and leads no more was killed: who stands by or stops says so."""
    if row.is_alive and row.name == leader:
        return "leader"
    return "standby" if row.is_alive and row.epoch is None else "silent"


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _jobs() -> list[Line]:
    newest = JobRun.objects.values("job").annotate(newest=Max("pk")).values("newest").order_by()
    last = {run.job: run for run in JobRun.objects.filter(pk__in=newest)}
    asked = set(RunRequest.objects.values_list("job", flat=True))
    moment = now()
    with timezone.override(site_zone()):
        return [Line(job, _next(job, moment), last.get(job.name), job.name in asked) for job in JOBS]


def _next(job: Job, moment: datetime) -> datetime | None:
    when = when_of(job)
    return next_slot(when, moment) if when else None


def outbox() -> dict[str, Any]:
    """Letters by state, those due now, since when the oldest of them waits, and how many may have gone twice."""
    moment = now()
    due = Q(state=State.WAITING, due_at__lte=moment)
    counted = Message.objects.aggregate(
        waiting=Count("pk", Q(state=State.WAITING)),
        due=Count("pk", due),
        sending=Count("pk", Q(state=State.SENDING)),
        sent=Count("pk", Q(state=State.SENT)),
        failed=Count("pk", Q(state=State.FAILED)),
        oldest_due=Min("due_at", filter=due),
        possible_copies=Sum("possible_copies", default=0),
    )
    return counted
