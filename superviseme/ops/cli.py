"""./runbook: finds the command, runs it, writes it into the operations log and says how it ended.

Exits: 0 done, 1 failed, 2 wrong usage, 3 refused and nothing changed, 4 needs a person.
"""

import argparse
import sys
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import InterfaceError, OperationalError, ProgrammingError

from . import operations
from .checks import Report
from .commands import (
    admins,
    backups,
    closing,
    doctor,
    drill,
    incident,
    releasing,
    restoring,
    scheduling,
    serving,
)
from .exits import FAILED, REFUSED, Stop

FAMILIES = (
    serving,
    releasing,
    backups,
    restoring,
    closing,
    doctor,
    drill,
    incident,
    admins,
    scheduling,
)


def main(argv: Sequence[str]) -> int:
    chosen = parser().parse_args(argv)
    report = Report(chosen.name, as_json=chosen.json)
    with operations.logged(chosen.name, list(argv)) as entry:
        code, reason = _run(chosen, report)
        entry |= {"exit": code, "reason": reason, **report.summary()}
    report.close(code, reason)
    return code


def _run(chosen: argparse.Namespace, report: Report) -> tuple[int, str]:
    try:
        code = chosen.run(chosen, report)
    except Stop as stop:
        return stop.code, str(stop)
    except ImproperlyConfigured as problem:
        return REFUSED, str(problem)
    except (OperationalError, InterfaceError, ProgrammingError) as problem:
        return FAILED, f"The database does not answer as it should: {str(problem).strip().splitlines()[0]}"
    return (report.code if code is None else code), report.reason


def parser() -> argparse.ArgumentParser:
    """Every command there is; docs/operations.md is compared with it."""
    whole = argparse.ArgumentParser(prog="./runbook", description="Serve and look after the site.")
    commands = whole.add_subparsers(required=True, metavar="command")
    for module in FAMILIES:
        module.add(commands)
    return whole


def program() -> None:
    """The command that an installed wheel brings."""
    sys.exit(main(sys.argv[1:]))
