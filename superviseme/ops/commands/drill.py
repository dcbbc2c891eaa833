"""drill: prove that everything works before it has to."""

import argparse
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from superviseme.ops.checks import Report
from superviseme.ops.exits import USAGE, Stop

from . import Commands, command

KINDS = ("sqlite", "postgres")


def add(commands: Commands) -> None:
    drill = command(commands, "drill", "deploy, break, roll back, wipe and restore a site of its own", _drill)
    drill.add_argument("--folder", default="", help="an empty folder for it (default: a temporary one)")
    drill.add_argument("--database", choices=(*KINDS, "both"), default="sqlite")
    drill.add_argument(
        "--postgres", default="", metavar="URL", help="a server on which databases can be made (or DRILL_POSTGRES)"
    )
    drill.add_argument("--borrow-packages", action="store_true", help="use the packages that are installed here")
    drill.add_argument("--short", action="store_true", help="one bad release instead of two")


def _drill(chosen: argparse.Namespace, report: Report) -> None:
    kinds = KINDS if chosen.database == "both" else (chosen.database,)
    server = chosen.postgres or os.environ.get("DRILL_POSTGRES", "")
    if "postgres" in kinds and not server:
        raise Stop("Name a PostgreSQL server for the drill: --postgres postgresql://user:password@host/postgres", USAGE)
    for kind in kinds:
        with ExitStack() as stack:
            whole = Path(chosen.folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="superviseme-drill-")))
            _one(report, kind, whole.resolve() / kind, server, chosen)


def _one(report: Report, kind: str, folder: Path, server: str, chosen: argparse.Namespace) -> None:
    from superviseme.ops.drill import databases  # slow: a database driver
    from superviseme.ops.drill.place import Place
    from superviseme.ops.drill.run import Drill

    made = databases.postgres(server) if kind == "postgres" else databases.sqlite(folder)
    with made as database:
        drill = Drill(report, kind, Place(folder, database.url), database)
        drill.run(borrow=chosen.borrow_packages, short=chosen.short)
    report.facts.setdefault("figures", {})[kind] = drill.figures
    words = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in drill.figures.items())
    report.say(f"{kind}: {words}")
