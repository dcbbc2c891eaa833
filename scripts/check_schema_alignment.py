#!/usr/bin/env python3
"""Does a database promise what the models expect?

    python scripts/check_schema_alignment.py --db FILE_OR_URL [--strict] [--like FILE]

FILE is a SQLite database, a URL names a live PostgreSQL (postgresql://user:password@host/name). Compared are tables,
columns with types, nullability and defaults, indexes, and unique, check and foreign keys, with what the migrations
make of an empty database of the same engine, or, quicker, with the SQLite database --like names, which was compared
itself. Without --strict, what the database has beyond that only warns.

Nothing is changed: a file is opened for reading, and in PostgreSQL the comparison is made in a transaction that is
rolled back. Exits 0 aligned, 1 not aligned, 2 could not be compared.
"""

import argparse
import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from schema_facts import Facts, postgres_facts, sqlite_facts  # noqa: E402 - found through the path above

# Not compared; a name here needs its reason beside it.
EXCEPTIONS = (
    # The full-text side of search_searchentry: a virtual table with triggers and shadow tables that depend on the
    # version of SQLite, an index in PostgreSQL. Nothing is lost with it; superviseme/search makes it again.
    r"\bsearch_words",
)
SCRATCH = "superviseme_alignment"


class CannotCompare(Exception):
    """A sentence about why there is nothing to compare."""


def main() -> int:
    arguments = _arguments()
    try:
        _inside_the_environment()
        expected, found = _compared(arguments)
    except CannotCompare as problem:
        print(problem, file=sys.stderr)
        return 2
    return report(compare(expected, found), strict=arguments.strict)


def _compared(arguments: argparse.Namespace) -> tuple[Facts, Facts]:
    if arguments.like:
        return _facts(Path(arguments.like)), _facts(Path(arguments.db))
    return _postgres(arguments.db) if "://" in arguments.db else _sqlite(Path(arguments.db))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="check_schema_alignment.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--db", required=True, metavar="FILE_OR_URL", help="a SQLite file, or postgresql://…")
    parser.add_argument("--strict", action="store_true", help="what the database has beyond the models fails too")
    parser.add_argument("--like", metavar="FILE", default="", help="compare with this SQLite file instead")
    return parser.parse_args()


def _inside_the_environment() -> None:
    """Without Django there are no models to ask: continue with the Python of .venv, once."""
    try:
        import django  # noqa: F401 - only whether it is there
    except ImportError:
        python = ROOT / ".venv" / "bin" / "python"
        if not python.exists() or os.environ.get("SUPERVISEME_REEXECUTED"):
            raise CannotCompare(
                "Django is not installed here: make the environment first with 'bin/build', then call this again."
            ) from None
        os.environ["SUPERVISEME_REEXECUTED"] = "1"
        os.execv(python, [str(python), *sys.argv])  # noqa: S606 - our own interpreter, our own arguments


# --- both sides -------------------------------------------------------------------------------------------------------


def _sqlite(file: Path) -> tuple[Facts, Facts]:
    found = _facts(file)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "scratch.sqlite3"
        migrate(f"sqlite:///{scratch}")
        with closing(sqlite3.connect(scratch)) as database:
            return sqlite_facts(database), found


def _facts(file: Path) -> Facts:
    with _opened(file) as database:
        return sqlite_facts(database)


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    if not file.is_file():
        raise CannotCompare(f"There is no file {file}.")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            database.execute("SELECT count(*) FROM sqlite_master")
            yield database
    except sqlite3.DatabaseError as problem:
        raise CannotCompare(f"{file} cannot be read as a SQLite database: {problem}.") from None


def _postgres(url: str) -> tuple[Facts, Facts]:
    if url.startswith("sqlite:///"):
        return _sqlite(Path(url.removeprefix("sqlite:///")))
    if not url.startswith(("postgres://", "postgresql://")):
        raise CannotCompare("The address has to begin with postgresql:// (or be the path of a SQLite file).")
    connection = _prepared(url)
    try:
        connection.ensure_connection()
    except Exception as problem:  # whatever the driver raises, it means the same here
        raise CannotCompare(f"The database does not answer: {_without_password(str(problem), url)}") from None
    return _in_a_transaction_without_a_trace(connection)


def _in_a_transaction_without_a_trace(connection) -> tuple[Facts, Facts]:
    from django.db import transaction  # settings have to be there first

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = cursor.fetchone()[0]
        found = postgres_facts(cursor, schema)
        cursor.execute(f"SET LOCAL lock_timeout = '5s'; CREATE SCHEMA {SCRATCH}; SET LOCAL search_path = {SCRATCH}")
        _run_migrations()
        expected = postgres_facts(cursor, SCRATCH)
        transaction.set_rollback(True, using=connection.alias)
    return expected, found


# --- what the migrations make of nothing -------------------------------------------------------------------------------


def migrate(url: str) -> None:
    connection = _prepared(url)
    _run_migrations()
    connection.close()


def _prepared(url: str):
    """Django with this database and nothing else of the site's environment: models are the same everywhere."""
    for name in ("PG_HOST", "MAIL_SERVER", "SECRET_KEY", "BASE_URL", "ENABLE_SCHEDULER", "ROLE"):
        os.environ[name] = ""
    os.environ.update(DJANGO_SETTINGS_MODULE="superviseme.config.settings", SITE_MODE="test", DATABASE_URL=url)
    import django  # only now, with the environment prepared
    from django.db import connection

    django.setup()
    return connection


def _run_migrations() -> None:
    from django.core.management import call_command  # settings have to be there first

    call_command("migrate", verbosity=0, interactive=False, run_syncdb=False)


# --- the comparison ---------------------------------------------------------------------------------------------------


def compare(expected: Facts, found: Facts) -> dict[str, list[str]]:
    expected, found = _without_exceptions(expected), _without_exceptions(found)
    return {
        "missing": [f"{fact}: {expected[fact]}" for fact in sorted(expected.keys() - found.keys())],
        "different": [
            f"{fact}: expected {expected[fact]}, found {found[fact]}"
            for fact in sorted(expected.keys() & found.keys())
            if expected[fact] != found[fact]
        ],
        "extra": [f"{fact}: {found[fact]}" for fact in sorted(found.keys() - expected.keys())],
    }


def _without_exceptions(facts: Facts) -> Facts:
    return {fact: value for fact, value in facts.items() if not any(re.search(name, fact) for name in EXCEPTIONS)}


def report(differences: dict[str, list[str]], *, strict: bool) -> int:
    failing = [kind for kind in differences if differences[kind] and (strict or kind != "extra")]
    for kind, lines in differences.items():
        word = (
            kind.capitalize()
            if kind in failing or not lines
            else f"{kind.capitalize()} (only a warning without --strict)"
        )
        print(f"{word}: {len(lines)}")
        for line in lines:
            print(f"  {line}")
    print("FAILED" if failing else "PASSED")
    return 1 if failing else 0


def _without_password(text: str, url: str) -> str:
    password = re.search(r"//[^/@]*:([^/@]+)@", url)
    return " ".join((text.replace(password.group(1), "…") if password else text).split())


if __name__ == "__main__":
    sys.exit(main())
