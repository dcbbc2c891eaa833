"""/admin/scheduler and ./runbook scheduler: who leads, what ran, what is held; a job asked for, letters let go."""

import argparse
import json
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from superviseme.events.models import Event
from superviseme.ops import clock, instances, lease
from superviseme.ops.checks import Report
from superviseme.ops.clock import Job, run_due
from superviseme.ops.commands import scheduling
from superviseme.ops.models import Instance, JobRun, Lease, RunRequest, RunState
from superviseme.ops.scheduler.queries import picture
from superviseme.outbox import hold
from superviseme.outbox.models import Message
from superviseme.outbox.post import post
from superviseme.web.fence import Fence
from superviseme.web.time import now


@pytest.fixture
def two(db):
    """One leads, one stands by, one was killed."""
    lease.take("scheduler", "a")
    for name in ("a", "b", "c"):
        instances.beat(name, epoch=1 if name == "a" else None)
    Instance.objects.filter(name="c").update(beat_at=Now() - timedelta(minutes=5))


def say(run, **chosen):
    report = Report("scheduler", as_json=True)
    code = run(argparse.Namespace(**chosen), report)
    return report, code


@pytest.mark.parametrize("who, expected", [(None, 302), ("bob", 403), ("ada", 200)])
def test_only_administrators_see_it(as_, request, two, who, expected):
    assert as_(request.getfixturevalue(who) if who else None).get("/admin/scheduler").status_code == expected


def test_every_process_is_listed_with_its_role(two):
    seen = picture()
    assert [(p.name, p.role, p.epoch) for p in seen.processes] == [
        ("a", "leader", 1),
        ("b", "standby", None),
        ("c", "silent", None),
    ]
    assert (seen.leading, seen.standing_by) == (1, 1)


def test_a_leader_whose_lease_ran_out_is_not_heard_of_and_does_not_stand_by(two):
    """Killed less than half a minute ago: it beat as the leader, and never since."""
    Lease.objects.update(expires_at=lease.ALWAYS_OVER)
    assert [(p.name, p.role) for p in picture().processes] == [("a", "silent"), ("b", "standby"), ("c", "silent")]
    assert (picture().leading, picture().standing_by) == (0, 1)


def test_a_killed_leader_does_not_stand_by_behind_the_next_one(two):
    Lease.objects.update(expires_at=lease.ALWAYS_OVER)
    lease.take("scheduler", "b")
    instances.beat("b", epoch=2)
    assert [(p.name, p.role) for p in picture().processes] == [("a", "silent"), ("b", "leader"), ("c", "silent")]


def test_who_led_and_says_that_it_lives_stands_by(two):
    Lease.objects.update(expires_at=lease.ALWAYS_OVER)
    instances.beat("a")
    assert [p.role for p in picture().processes] == ["standby", "standby", "silent"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_it_shows(as_, ada, two, rows, django_assert_num_queries):
    for n in range(rows):
        JobRun.objects.create(job="weekly", period=f"2026-W0{n}", epoch=1, started_at=now(), state=RunState.DONE)
    browser = as_(ada)
    browser.get("/admin/scheduler")
    with django_assert_num_queries(11):
        browser.get("/admin/scheduler")


def test_the_page_says_when_nobody_leads_and_what_went_wrong(as_, ada):
    JobRun.objects.create(
        job="weekly",
        period="2026-W49",
        epoch=1,
        started_at=now(),
        state=RunState.FAILED,
        said="ValueError: no such zone",
    )
    page = as_(ada).get("/admin/scheduler").content.decode()
    assert ("No scheduler runs" in page, "2026-W49" in page, "no such zone" in page) == (True, True, True)


def test_a_job_asked_for_runs_once_at_the_next_tick_and_the_audit_says_by_whom(as_, ada, monkeypatch):
    ran = []
    job = Job("weekly", lambda fence: ran.append(fence.slot) or "sent", "", when="0 9 * * 1")
    monkeypatch.setattr(clock, "JOBS", (job,))
    browser = as_(ada)
    answers = [browser.post("/admin/scheduler/jobs/weekly/run").status_code for _ in range(2)]
    assert (answers, RunRequest.objects.count()) == ([302, 302], 1)
    JobRun.objects.create(
        job="weekly", period="old", epoch=1, started_at=now(), slot_at=now() + timedelta(days=9), state=RunState.DONE
    )
    run_due(Fence(epoch=1)), run_due(Fence(epoch=1))
    asked = JobRun.objects.get(period__startswith="asked")
    assert (ran, asked.said, RunRequest.objects.count()) == ([None], "sent", 0)
    assert Event.objects.get(verb="job.asked_for").actor == ada


@pytest.mark.parametrize("job", ["outbox", "nonsense"])
def test_what_runs_all_the_time_or_is_no_job_cannot_be_asked_for(as_, ada, job):
    assert as_(ada).post(f"/admin/scheduler/jobs/{job}/run").status_code == 404


@pytest.fixture
def held(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    words = {"name": "Alice", "when": now(), "link": "https://x.example/l"}
    message = post("password_changed", to="alice@example.org", key="test:1", context=words)
    hold.hold("restored from the backup of noon")
    return message


def test_what_is_held_is_let_go_by_an_administrator(as_, ada, held):
    page = as_(ada).get("/admin/scheduler").content.decode()
    answer = as_(ada).post("/admin/scheduler/resumption")
    assert [words in page for words in ("restored from the backup of noon", "Went before, will not go again")] == [
        True
    ] * 2
    assert (answer.status_code, hold.standing()) == (302, None)
    assert Event.objects.get(verb="outbox.resumed").actor == ada


def test_nothing_held_is_nothing_to_let_go(as_, ada):
    assert as_(ada).post("/admin/scheduler/resumption").status_code == 403


def test_the_command_counts_first_and_then_lets_go(held):
    counted, _code = say(scheduling._resume, dry_run=True, journal=[])
    assert (counted.facts["to_send"], hold.standing() is None) == (1, False)
    done, _code = say(scheduling._resume, dry_run=False, journal=[])
    again, _code = say(scheduling._resume, dry_run=False, journal=[])
    assert (done.facts["to_send"], hold.standing(), again.facts) == (1, None, {"held": None})
    assert Message.objects.get().state == "waiting"


def test_the_command_tells_machines_what_the_page_tells_people(two, capsys):
    JobRun.objects.create(job="weekly", period="2026-W49", epoch=1, started_at=now(), state=RunState.DONE, late=True)
    report, code = say(scheduling._status)
    report.close(report.code)
    said = json.loads(capsys.readouterr().out)
    assert (code, said["leader"], said["standby"], [p["role"] for p in said["processes"]]) == (
        None,
        "a",
        1,
        ["leader", "standby", "silent"],
    )
    assert [(run["job"], run["period"], run["late"]) for run in said["ledger"]] == [("weekly", "2026-W49", True)]
    assert {job["name"] for job in said["jobs"]} == {job.name for job in clock.JOBS}
