"""restore."""

import argparse
import sys

from superviseme.ops.checks import Report
from superviseme.ops.exits import DONE

from . import Commands, command, django


def add(commands: Commands) -> None:
    words = command(commands, "restore", "put a backup in place of the live database and files", _restore)
    which = words.add_mutually_exclusive_group()
    which.add_argument("--latest-good", action="store_true", help="the newest verified one (the default)")
    which.add_argument(
        "--at", default="", metavar="TIME", help="the newest verified one made by then, such as 2026-11-25T14:30"
    )
    which.add_argument("--id", default="", help="this one")
    words.add_argument(
        "--yes", default="", metavar="SITE_ID", help="the number of the site, instead of typing its name"
    )
    words.add_argument("--adopt", action="store_true", help="take the backup of another site")
    words.add_argument("--force", action="store_true", help="take one that was never verified; it is read all the same")


def _restore(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.restore.choose import chosen as pick  # need settings
    from superviseme.ops.restore.run import restore

    folder = pick(number=chosen.id, at=chosen.at)
    report.say(f"Restoring {folder.name}.", id=folder.name)
    ask = input if sys.stdin.isatty() and not report.as_json else None
    kept = restore(
        folder,
        adopt=chosen.adopt,
        force=chosen.force,
        yes=chosen.yes,
        ask=ask,
        at=lambda stage: report.say(f"… {stage}"),
    )
    if kept:
        report.say(f"The database that was replaced is kept for seven days: {kept}", kept=kept)
    report.say("Restored. The site is closed and letters are held: ./runbook maintenance off opens it.", restored=True)
    return DONE
