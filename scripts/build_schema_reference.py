#!/usr/bin/env python3
"""Writes data_schema/database_dashboard.db: an empty SQLite database as the migrations make it.

It is written anew only when the schema or the list of migrations changed, so that a committed file changes only then.
"""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from check_schema_alignment import ROOT, CannotCompare, _inside_the_environment, migrate
from schema_facts import sqlite_facts

REFERENCE = ROOT / "data_schema" / "database_dashboard.db"
WHEN = "2000-01-01 00:00:00"


def main() -> int:
    try:
        _inside_the_environment()
    except CannotCompare as problem:
        print(problem, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch.sqlite3"
        migrate(f"sqlite:///{scratch}")
        _empty(scratch)
        if REFERENCE.exists() and _promises(REFERENCE) == _promises(scratch):
            print(f"{REFERENCE.relative_to(ROOT)} is up to date")
            return 0
        _write(scratch)
    print(f"{REFERENCE.relative_to(ROOT)} written")
    return 0


def _empty(file: Path) -> None:
    """Only the names of the migrations stay, all at the same moment: nothing in the file says when it was made."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        virtual = [fact[6:] for fact, kind in sqlite_facts(database).items() if kind == "virtual"]
        for table in tables:
            if table != "django_migrations" and not any(
                table == name or table.startswith(f"{name}_") for name in virtual
            ):
                database.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names from the database itself
        database.execute("UPDATE django_migrations SET applied = ?", [WHEN])


def _promises(file: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    with closing(sqlite3.connect(file)) as database:
        applied = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        return sqlite_facts(database), applied


def _write(scratch: Path) -> None:
    """Rewritten from its contents, so without journal and without pages that once held something."""
    REFERENCE.parent.mkdir(exist_ok=True)
    REFERENCE.unlink(missing_ok=True)
    with closing(sqlite3.connect(scratch, isolation_level=None)) as database:
        database.execute("PRAGMA page_size = 1024")
        database.execute("VACUUM INTO ?", [str(REFERENCE)])


if __name__ == "__main__":
    sys.exit(main())
