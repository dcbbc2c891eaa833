"""serve, build, migrate."""

import argparse
import subprocess
import sys

from superviseme.ops.checks import Report, first_line
from superviseme.ops.exits import DONE, Stop
from superviseme.places import CODE

from . import Commands, command, django


def add(commands: Commands) -> None:
    serve = command(commands, "serve", "start web, scheduler or all", _serve)
    serve.add_argument("role", nargs="?", choices=("web", "scheduler", "all"), help="default: ROLE, else all")
    serve.add_argument("--fd", type=int, help=argparse.SUPPRESS)  # the keeper's socket
    serve.add_argument("--kept", action="store_true", help=argparse.SUPPRESS)  # a keeper started this
    command(commands, "build", "packages, front end and static files", _build)
    command(commands, "migrate", "bring the database up to date", _migrate)


def _serve(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.serve import serve  # needs settings

    return serve(chosen.role, listener=chosen.fd, kept=chosen.kept)


def _build(chosen: argparse.Namespace, report: Report) -> int:
    out = sys.stderr if report.as_json else None
    return subprocess.call([sys.executable, str(CODE / "bin" / "build")], cwd=CODE, stdout=out)


def _migrate(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from django.core.management import CommandError, call_command  # needs settings
    from django.db import DatabaseError

    from superviseme.ops.releases.migrating import bring_up_to_date
    from superviseme.ops.serve import prepare_data_dir

    prepare_data_dir()
    try:
        bring_up_to_date(verbosity=0 if report.as_json else 1)
        call_command("bootstrap_admin", verbosity=0 if report.as_json else 1)
    except DatabaseError as problem:
        raise Stop(f"The database could not be brought up to date: {first_line(problem)}") from None
    except CommandError as problem:
        raise Stop(f"The first administrator could not be made: {problem}") from None
    return DONE
