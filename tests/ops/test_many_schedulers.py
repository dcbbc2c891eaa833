"""Five schedulers at once without any lease: the ledger alone keeps every period single."""

import os
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from superviseme.ops import clock
from superviseme.ops.clock import Job, run_due
from superviseme.ops.models import JobRun, RunState
from superviseme.web.fence import Fence
from superviseme.web.time import simulated
from tests.racing import race

SCHEDULERS, PERIODS = 5, 100 if os.environ.get("LONG") == "1" else 20
START = datetime(2026, 3, 1, 8, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.mark.django_db(transaction=True)
def test_five_schedulers_run_every_period_once(tmp_path, monkeypatch):
    ran, together = [], threading.Barrier(SCHEDULERS)
    job = Job("morning", lambda fence: ran.append(fence.slot) or "", "", when="0 8 * * *")
    monkeypatch.setattr(clock, "JOBS", (job,))

    def schedule():
        for day in range(PERIODS):
            together.wait(30)
            with simulated(START + timedelta(days=day)):
                run_due(Fence(epoch=1))

    results = race(tmp_path, *[schedule] * SCHEDULERS)
    rows = JobRun.objects.filter(state=RunState.DONE).count()
    print(f"{SCHEDULERS} schedulers, {PERIODS} periods: {len(ran)} runs, {rows} rows")
    assert results == [None] * SCHEDULERS
    assert (len(ran), len(set(ran)), rows, JobRun.objects.count()) == (PERIODS,) * 4
