"""What runs by itself: each time once, late ones within the grace, failures without taking the others along."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from superviseme.ops import clock
from superviseme.ops.clock import Job, run_due
from superviseme.ops.models import JobRun, RunState
from superviseme.web.time import simulated

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 12, 7, 8, 30, tzinfo=ROME)


@pytest.fixture
def ran(db, monkeypatch):
    """One job at 8 every morning; the list says how often it ran."""
    times = []

    def run(fence):
        times.append(1)
        return "done"

    monkeypatch.setattr(clock, "JOBS", (Job("morning", run, "", when="0 8 * * *"),))
    return times


def at(moment, **how):
    with simulated(moment):
        return run_due(**how)


def test_a_job_runs_once_for_each_of_its_times(ran):
    for hours in (0, 1, 5, 23, 24, 25):
        at(MONDAY + timedelta(hours=hours))
    assert (len(ran), JobRun.objects.count()) == (2, 2)


def test_two_that_tick_at_once_run_it_once(ran):
    at(MONDAY, epoch=1), at(MONDAY, epoch=1)
    assert len(ran) == 1


def test_after_a_long_absence_only_the_newest_runs(ran):
    at(MONDAY), at(MONDAY + timedelta(days=20))
    assert [r.period for r in JobRun.objects.order_by("pk")] == ["2026-12-07 08:00", "2026-12-27 08:00"]


def test_a_run_that_was_cut_off_is_run_again_by_the_next_leader_only(ran):
    JobRun.objects.create(job="morning", period="2026-12-07 08:00", epoch=3, started_at=MONDAY)
    at(MONDAY, epoch=3)
    assert len(ran) == 0
    at(MONDAY, epoch=4)
    assert (len(ran), JobRun.objects.get().state) == (1, RunState.DONE)


@pytest.mark.parametrize(
    "day, slots",
    [
        (datetime(2026, 3, 29, 12, tzinfo=ROME), ["2026-03-29 03:00"]),
        (datetime(2026, 10, 25, 12, tzinfo=ROME), ["2026-10-25 02:30"]),
    ],
)
def test_the_clock_change_neither_skips_nor_doubles_a_night_job(ran, monkeypatch, day, slots):
    monkeypatch.setattr(clock, "JOBS", (Job("night", clock.JOBS[0].run, "", when="30 2 * * *"),))
    for hours in range(-11, 1):
        at(day + timedelta(hours=hours))
    today = [r.period for r in JobRun.objects.order_by("pk") if r.period.startswith(str(day.date()))]
    assert today == slots


def test_a_job_that_fails_is_tried_again_and_does_not_stop_the_others(db, monkeypatch, ran):
    def fails(fence):
        raise ValueError("no")

    monkeypatch.setattr(clock, "JOBS", (Job("bad", fails, "", when="0 8 * * *"), *clock.JOBS))
    at(MONDAY), at(MONDAY + timedelta(minutes=1)), at(MONDAY + timedelta(minutes=7))
    bad = JobRun.objects.get(job="bad")
    assert (bad.state, bad.attempts, len(ran)) == (RunState.FAILED, 2, 1)


def test_every_job_of_the_table_runs_on_an_empty_site(db):
    with simulated(MONDAY):
        run_due()
        run_due()
    assert set(JobRun.objects.values_list("state", flat=True)) == {RunState.DONE}


def test_production_simulates_nothing(db, settings):
    settings.SITE_MODE = "production"
    with pytest.raises(CommandError):
        call_command("run_due")


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "0000-00-00T00:00"])
def test_a_moment_that_is_none_is_refused(db, text):
    with pytest.raises(CommandError, match="looks like"):
        call_command("run_due", at=text)
