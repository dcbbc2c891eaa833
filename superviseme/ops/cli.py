"""The commands of ./runbook. Exits: 0 done, 1 failed, 2 wrong usage, 3 refused and nothing changed, 4 needs a person."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DONE, FAILED, USAGE, REFUSED, NEEDS_A_PERSON = range(5)


class Stop(Exception):
    """One sentence for the operator, and how the command ends."""

    def __init__(self, sentence: str, code: int = FAILED):
        super().__init__(sentence)
        self.code = code


def main(argv: Sequence[str]) -> int:
    chosen = _parser().parse_args(argv)
    try:
        return chosen.run(chosen) or DONE
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./runbook", description="Serve and look after the site.")
    commands = parser.add_subparsers(required=True, metavar="command")
    serve = commands.add_parser("serve", help="start web, scheduler or all")
    serve.add_argument("role", nargs="?", choices=("web", "scheduler", "all"), help="default: ROLE, else all")
    serve.set_defaults(run=_serve)
    commands.add_parser("build", help="packages, front end and static files").set_defaults(run=_build)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=_migrate)
    admin = commands.add_parser("admin", help="administrators").add_subparsers(required=True, metavar="what")
    invite = admin.add_parser("invite", help="send an administrator's invitation to a mail address")
    invite.add_argument("mail")
    invite.set_defaults(run=_invite)
    return parser


def django() -> None:
    """Settings and models; what the environment gets wrong is a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    import django as framework  # slow, and only some commands need it
    from django.core.exceptions import ImproperlyConfigured

    try:
        framework.setup()
    except ImproperlyConfigured as problem:
        raise Stop(str(problem), REFUSED) from None


def _serve(chosen: argparse.Namespace) -> int:
    django()
    from .serve import serve  # needs settings

    return serve(chosen.role)


def _build(chosen: argparse.Namespace) -> int:
    return subprocess.call([sys.executable, str(ROOT / "bin" / "build")], cwd=ROOT)


def _migrate(chosen: argparse.Namespace) -> int:
    django()
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError

    from .serve import prepare_data_dir

    prepare_data_dir()
    try:
        call_command("migrate", interactive=False, verbosity=1)
        call_command("bootstrap_admin")
    except DatabaseError as problem:
        raise Stop(f"The database could not be brought up to date: {_first_line(problem)}") from None
    except CommandError as problem:
        raise Stop(f"The first administrator could not be made: {problem}") from None
    return DONE


def _invite(chosen: argparse.Namespace) -> int:
    django()
    from django.core.exceptions import ValidationError

    from superviseme.accounts.invitations.actions import invite_administrator

    try:
        invitation = invite_administrator(email=chosen.mail)
    except ValidationError as problem:
        raise Stop(" ".join(problem.messages)) from None
    print(f"The invitation to {invitation.email} will be sent by the scheduler.")
    return DONE


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]
