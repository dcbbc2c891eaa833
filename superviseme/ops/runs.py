"""The ledger of runs: one row a job and period."""

from datetime import timedelta

from django.db.models import F, Q

from superviseme.web.time import now

from .models import JobRun, RunState

MOST_ATTEMPTS = 5
PAUSE = timedelta(minutes=5)


def claim(job: str, period: str, *, epoch: int) -> JobRun | None:
    """The run, if it is ours to do: new, cut off under an older epoch, or failed a while ago."""
    moment = now()
    run, made = JobRun.objects.get_or_create(job=job, period=period, defaults={"epoch": epoch, "started_at": moment})
    if made:
        return run
    again = Q(state=RunState.RUNNING, epoch__lt=epoch) | Q(
        state=RunState.FAILED, attempts__lt=MOST_ATTEMPTS, finished_at__lt=moment - PAUSE
    )
    claimed = JobRun.objects.filter(again, pk=run.pk, attempts=run.attempts)
    if (
        claimed.update(
            epoch=epoch, state=RunState.RUNNING, attempts=F("attempts") + 1, started_at=moment, finished_at=None
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
