"""serve, build, migrate."""

import argparse
import subprocess
import sys

from superviseme.ops.checks import Report, first_line
from superviseme.ops.exits import DONE, Stop
from superviseme.ops.operations import ROOT

from . import Commands, command, django


def add(commands: Commands) -> None:
    serve = command(commands, "serve", "start web, scheduler or all", _serve)
    serve.add_argument("role", nargs="?", choices=("web", "scheduler", "all"), help="default: ROLE, else all")
    command(commands, "build", "packages, front end and static files", _build)
    command(commands, "migrate", "bring the database up to date", _migrate)


def _serve(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.serve import serve  # needs settings

    return serve(chosen.role)


def _build(chosen: argparse.Namespace, report: Report) -> int:
    out = sys.stderr if report.as_json else None
    return subprocess.call([sys.executable, str(ROOT / "bin" / "build")], cwd=ROOT, stdout=out)


def _migrate(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from django.core.management import CommandError, call_command  # needs settings
    from django.db import DatabaseError

    from superviseme.ops.serve import prepare_data_dir

    prepare_data_dir()
    try:
        call_command("migrate", interactive=False, verbosity=0 if report.as_json else 1)
        call_command("bootstrap_admin", verbosity=0 if report.as_json else 1)
    except DatabaseError as problem:
        raise Stop(f"The database could not be brought up to date: {first_line(problem)}") from None
    except CommandError as problem:
        raise Stop(f"The first administrator could not be made: {problem}") from None
    return DONE
