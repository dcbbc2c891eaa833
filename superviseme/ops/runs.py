"""The ledger of runs: one row a job and period."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q

from superviseme.web.time import now

from .models import JobRun, RunRequest, RunState

MOST_ATTEMPTS = 5
PAUSE = timedelta(minutes=5)


def claim(job: str, period: str, slot: datetime, *, epoch: int, late: bool = False) -> JobRun | None:
    """The run, if it is ours to do: new, cut off under an older epoch, or failed a while ago."""
    moment = now()
    new = {"epoch": epoch, "started_at": moment, "slot_at": slot, "late": late}
    run, made = JobRun.objects.get_or_create(job=job, period=period, defaults=new)
    if made:
        return run
    again = Q(state=RunState.RUNNING, epoch__lt=epoch) | Q(
        state=RunState.FAILED, attempts__lt=MOST_ATTEMPTS, finished_at__lt=moment - PAUSE
    )
    claimed = JobRun.objects.filter(again, pk=run.pk, attempts=run.attempts)
    if (
        claimed.update(
            epoch=epoch,
            state=RunState.RUNNING,
            attempts=F("attempts") + 1,
            started_at=moment,
            finished_at=None,
            late=late,
        )
        != 1
    ):
        return None
    run.refresh_from_db()
    return run


def finish(run: JobRun, *, said: str = "", failed: str = "") -> None:
    """Only the epoch that runs it may say how it ended."""
    state = RunState.FAILED if failed else RunState.DONE
    JobRun.objects.filter(pk=run.pk, epoch=run.epoch).update(
        state=state, finished_at=now(), said=(failed or said)[:2000]
    )


def skip(job: str, period: str, slot: datetime, *, epoch: int, why: str) -> None:
    """Its time passed and it will not be run: the ledger has no gap."""
    moment, rest = now(), {"attempts": 0, "late": True, "said": why, "state": RunState.SKIPPED}
    run = JobRun(job=job, period=period, slot_at=slot, epoch=epoch, started_at=moment, finished_at=moment, **rest)
    JobRun.objects.bulk_create([run], ignore_conflicts=True)


def give_up_older(job: str, slot: datetime, *, epoch: int) -> None:
    """Cut off before, and overtaken by a newer period: nobody will finish it."""
    left = JobRun.objects.filter(job=job, state=RunState.RUNNING, epoch__lt=epoch, slot_at__lt=slot)
    left.update(state=RunState.FAILED, finished_at=now(), said="Cut off, and a newer period has come since.")


def asked_for() -> dict[str, datetime]:
    """{job: when it was asked for}."""
    return dict(RunRequest.objects.values_list("job", "asked_at"))


@transaction.atomic
def claim_asked(job: str, asked_at: datetime, *, epoch: int) -> JobRun | None:
    """The wish becomes a run: of many who see it, one gets it."""
    gone, _ = RunRequest.objects.filter(job=job, asked_at=asked_at).delete()
    if not gone:
        return None
    period = f"asked {asked_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return JobRun.objects.create(job=job, period=period, epoch=epoch, started_at=now())


def newest_slots() -> dict[str, datetime]:
    """{job: the newest time the ledger knows of}."""
    return dict(JobRun.objects.values_list("job").annotate(newest=Max("slot_at")).order_by())
