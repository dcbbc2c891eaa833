"""What runs by itself: each time once, late ones within the grace, failures without taking the others along."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from superviseme.config.env import SCHEDULER_CONNECTIONS
from superviseme.ops import clock
from superviseme.ops.clock import Job, run_due
from superviseme.ops.models import JobRun, RunState
from superviseme.ops.periods import Period
from superviseme.web.fence import Fence, Halt
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


def at(moment, epoch=None):
    with simulated(moment):
        return run_due(Fence(epoch))


def ledger(**those):
    return [(r.period, r.state, r.late) for r in JobRun.objects.filter(**those).order_by("slot_at")]


def test_a_job_runs_once_for_each_of_its_times(ran):
    for hours in (0, 1, 5, 23, 24, 25):
        at(MONDAY + timedelta(hours=hours))
    assert (len(ran), JobRun.objects.count()) == (2, 2)


def test_two_that_tick_at_once_run_it_once(ran):
    at(MONDAY, epoch=1), at(MONDAY, epoch=1)
    assert len(ran) == 1


def test_nothing_runs_before_its_minute(ran):
    at(MONDAY.replace(hour=7, minute=59, second=30))
    assert ledger() == [("2026-12-06", RunState.DONE, True)]


def test_after_a_long_absence_the_newest_runs_late_and_the_others_are_only_written_down(ran):
    at(MONDAY), at(MONDAY + timedelta(days=3, hours=5))
    assert len(ran) == 2
    assert ledger() == [
        ("2026-12-07", RunState.DONE, True),
        ("2026-12-08", RunState.SKIPPED, True),
        ("2026-12-09", RunState.SKIPPED, True),
        ("2026-12-10", RunState.DONE, True),
    ]


def test_what_was_missed_by_more_than_the_grace_is_written_down_and_not_run(ran, monkeypatch):
    weekly = Job("weekly", clock.JOBS[0].run, "", when="0 8 * * 1", period=Period.WEEK)
    monkeypatch.setattr(clock, "JOBS", (weekly,))
    at(MONDAY - timedelta(days=14)), at(MONDAY + timedelta(hours=48))
    assert len(ran) == 1
    assert ledger() == [
        ("2026-W48", RunState.DONE, True),
        ("2026-W49", RunState.SKIPPED, True),
        ("2026-W50", RunState.SKIPPED, True),
    ]


def test_a_job_knows_for_which_time_it_runs(db, monkeypatch):
    given = []
    job = Job("morning", lambda fence: given.append((fence.slot, fence.late)) or "", "", when="0 8 * * *")
    monkeypatch.setattr(clock, "JOBS", (job,))
    at(MONDAY.replace(hour=8, minute=1)), at(MONDAY + timedelta(days=1))
    assert given == [(MONDAY.replace(minute=0), False), (MONDAY.replace(minute=0) + timedelta(days=1), True)]


def test_a_job_that_is_halted_is_neither_done_nor_failed(db, monkeypatch):
    def halted(fence):
        raise Halt

    monkeypatch.setattr(clock, "JOBS", (Job("morning", halted, "", when="0 8 * * *"),))
    with pytest.raises(Halt):
        at(MONDAY)
    assert ledger() == [("2026-12-07", RunState.RUNNING, True)]


def test_a_run_cut_off_for_good_is_said_to_be(ran):
    JobRun.objects.create(
        job="morning", period="2026-12-06", slot_at=MONDAY - timedelta(days=1), epoch=3, started_at=MONDAY
    )
    at(MONDAY, epoch=4)
    assert ledger() == [("2026-12-06", RunState.FAILED, False), ("2026-12-07", RunState.DONE, True)]


def test_a_run_that_was_cut_off_is_run_again_by_the_next_leader_only(ran):
    JobRun.objects.create(job="morning", period="2026-12-07", slot_at=MONDAY, epoch=3, started_at=MONDAY)
    at(MONDAY, epoch=3)
    assert len(ran) == 0
    at(MONDAY, epoch=4)
    assert (len(ran), JobRun.objects.get().state) == (1, RunState.DONE)


@pytest.mark.parametrize("day", [datetime(2026, 3, 29, tzinfo=ROME), datetime(2026, 10, 25, tzinfo=ROME)])
def test_the_clock_change_neither_skips_nor_doubles_a_night_job(ran, monkeypatch, day):
    monkeypatch.setattr(clock, "JOBS", (Job("night", clock.JOBS[0].run, "", when="30 2 * * *"),))
    start = day.astimezone(UTC)
    for quarters in range(96):
        at(start + timedelta(minutes=15 * quarters))
    assert (len(ran), [period for period, _, _ in ledger()]) == (
        2,
        [str(day.date() - timedelta(days=1)), str(day.date())],
    )


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


def test_every_lane_has_a_connection_and_the_lease_one():
    assert len(clock.lanes()) + 2 <= SCHEDULER_CONNECTIONS
