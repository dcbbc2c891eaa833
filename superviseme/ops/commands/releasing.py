"""preflight, smoke, and what brings a release into service and back."""

import argparse

from superviseme.ops.checks import Report

from . import Commands, command, django


def add(commands: Commands) -> None:
    smoke = command(commands, "smoke", "walk through the site as every role, over HTTP", _smoke)
    smoke.add_argument("--url", default="", help="where the site answers (default: BASE_URL)")
    smoke.add_argument("--read-only", action="store_true", help="only what visitors see; needs no database")


def _smoke(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.smoke.run import smoke  # needs settings

    return smoke(report, url=chosen.url, read_only=chosen.read_only)
