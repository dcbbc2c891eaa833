"""One module a family of commands, each with `add(commands)`: its words, and the function that runs.

A function takes what was chosen and the report, and returns how it ends (None: by what the report's checks found).
"""

import argparse
import os
from collections.abc import Callable

from superviseme.ops.checks import Report

Commands = argparse._SubParsersAction
Run = Callable[[argparse.Namespace, Report], int | None]


def command(commands: Commands, name: str, about: str, run: Run) -> argparse.ArgumentParser:
    """A command with `--json`, ready for options of its own."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=about, description=about)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    parser.set_defaults(run=run, name=parser.prog.partition(" ")[2])
    return parser


def family(commands: Commands, name: str, about: str) -> Commands:
    """A word under which commands stand, as in `backup create`."""
    return commands.add_parser(name, help=about, description=about).add_subparsers(required=True, metavar="what")


def django() -> None:
    """Settings and models. Raises ImproperlyConfigured with a sentence about what the environment gets wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    import django as framework  # slow, and only some commands need it

    framework.setup()
