"""scheduler: who leads, what ran and what is held; letting go what was held after a restore."""

import argparse
from pathlib import Path
from typing import Any

from superviseme.ops.checks import Report
from superviseme.ops.exits import DONE, REFUSED, Stop

from . import Commands, command, django, family


def add(commands: Commands) -> None:
    words = family(commands, "scheduler", "what runs by itself")
    command(words, "status", "every scheduler, the leader, the next runs, the ledger, the outbox", _status)
    resume = command(words, "resume", "let go out what was held after a restore, without what went before", _resume)
    resume.add_argument("--dry-run", action="store_true", help="only count")
    resume.add_argument(
        "--journal", type=Path, action="append", default=[], metavar="FILE", help="a journal of another machine too"
    )


def _status(chosen: argparse.Namespace, report: Report) -> None:
    django()
    from superviseme.ops.absent import look_without_making_one  # needs settings
    from superviseme.ops.probes.scheduler import PROBES
    from superviseme.ops.scheduler.queries import picture
    from superviseme.ops.serve import refuse_pending_migrations

    look_without_making_one(report)
    refuse_pending_migrations()
    report.ask(*PROBES)
    now = picture()
    processes = [vars(process) for process in now.processes]
    report.say(
        f"leader {now.leading} standby {now.standing_by} (epoch {now.epoch})", leader=now.leader, epoch=now.epoch
    )
    for process in now.processes:
        report.say(
            f"  {process.role:8} {process.name} since {_moment(process.started_at)}, beat {_moment(process.beat_at)}"
        )
    report.facts |= {"processes": processes, "standby": now.standing_by, "outbox": now.outbox}
    _say_jobs(report, now)
    _say_ledger(report, now)
    waiting = "{due} due, {waiting} waiting, {sending} being sent, {failed} failed, {possible_copies} possibly twice"
    report.say(f"outbox: {waiting.format(**now.outbox)}")


def _say_jobs(report: Report, now: Any) -> None:
    report.facts["jobs"] = [
        {"name": line.job.name, "next": line.next_at, "last": line.last and line.last.period} for line in now.jobs
    ]
    for line in now.jobs:
        last = f"; {line.last.state} for {line.last.period}" if line.last else ""
        report.say(f"  {line.job.name:12} {_next(line)}{last}")


def _say_ledger(report: Report, now: Any) -> None:
    shown = ("job", "period", "state", "late", "attempts", "epoch", "slot_at", "started_at", "finished_at", "said")
    report.facts["ledger"] = [{name: getattr(run, name) for name in shown} for run in now.ledger]
    for run in now.ledger[:10]:
        late = " late" if run.late else ""
        report.say(f"  {_moment(run.started_at)} {run.job} {run.period} {run.state}{late}: {run.said[:80]}")


def _next(line: Any) -> str:
    if line.next_at:
        return _moment(line.next_at)
    return "switched off" if line.job.when else "all the time"


def _moment(moment: Any) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%SZ")


def _resume(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.outbox import hold  # needs settings

    for path in chosen.journal:
        if not path.is_file():
            raise Stop(f"There is no journal {path}.", REFUSED)
    held = hold.standing()
    if held is None:
        report.say("Nothing is held.", held=None)
        return DONE
    counted = hold.reckon(chosen.journal) if chosen.dry_run else hold.resume(chosen.journal)
    would = "would go" if chosen.dry_run else "go"
    report.say(
        f"Held since {_moment(held.since)}: {held.reason}. Of the journal {counted.lines} lines: {counted.sent_before} "
        f"letters went before and {counted.remembered} more are remembered; none of these goes again. "
        f"{counted.to_send} {would} out.",
        **vars(counted),
        dry_run=chosen.dry_run,
    )
    return DONE
