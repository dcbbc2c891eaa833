"""doctor: everything that can be found wrong with a site, each with its cause and what to do."""

import argparse

from superviseme.ops.checks import Report, Status
from superviseme.ops.exits import USAGE, Stop

from . import Commands, command, django


def add(commands: Commands) -> None:
    doctor = command(commands, "doctor", "find what is wrong with the site, and say what to do", _doctor)
    doctor.add_argument("--only", metavar="PREFIX", default="", help="checks whose id begins so, such as files.")
    doctor.add_argument("--list", action="store_true", help="the checks, without asking them")


def _doctor(chosen: argparse.Namespace, report: Report) -> int | None:
    django()
    from superviseme.ops.absent import look_without_making_one  # needs settings
    from superviseme.ops.doctor import examine, wanted

    probes = wanted(chosen.only)
    if not probes:
        raise Stop(f"No check begins with «{chosen.only}»; ./runbook doctor --list names them.", USAGE)
    if chosen.list:
        report.facts["known"] = [{"id": p.id, "clause": p.clause, "expected": p.expected} for p in probes]
        for probe in probes:
            report.say(f"{probe.id}: {probe.expected}")
        return None
    look_without_making_one(report)
    examine(report, probes)
    found = sum(check.status != Status.OK for check in report.checks)
    report.say(f"{len(report.checks)} checks, {found} findings.", findings=found)
    return None
