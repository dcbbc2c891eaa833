import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from . import ROOT

REFERENCE = ROOT / "data_schema" / "database_dashboard.db"
LIKE = ("--like", str(REFERENCE))  # quicker than all migrations; the first test compares it with them


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return Path(shutil.copy(REFERENCE, tmp_path / "copy.db"))


def check(file: Path | str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/check_schema_alignment.py", "--db", str(file), *options]
    return subprocess.run(command, cwd=ROOT, env=os.environ.copy(), capture_output=True, text=True, timeout=300)


def change(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute(statement)


def test_the_committed_database_is_what_the_models_expect() -> None:
    done = check(REFERENCE, "--strict")
    assert done.stdout == "Missing: 0\nDifferent: 0\nExtra: 0\nPASSED\n"
    assert done.returncode == 0


def test_what_is_missing_is_named_and_fails(database: Path) -> None:
    change(database, "ALTER TABLE theses_topic RENAME COLUMN title TO heading")
    done = check(database, *LIKE)
    assert "  column theses_topic.title: varchar(300), not null\n" in done.stdout
    assert (done.stdout.splitlines()[-1], done.returncode) == ("FAILED", 1)


def test_what_is_extra_warns_and_only_strictly_fails(database: Path) -> None:
    change(database, "CREATE TABLE spare (id integer)")
    lenient, strict = check(database, *LIKE), check(database, *LIKE, "--strict")
    assert "  table spare: ordinary\n" in lenient.stdout
    assert (lenient.stdout.splitlines()[-1], lenient.returncode) == ("PASSED", 0)
    assert (strict.stdout.splitlines()[-1], strict.returncode) == ("FAILED", 1)


@pytest.mark.parametrize("content", [None, b"", b"not a database, whatever its name says"])
def test_what_is_no_database_cannot_be_compared(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "x.db"
    if content is not None:
        file.write_bytes(content)
    done = check(file, *LIKE)
    assert done.returncode == (1 if content == b"" else 2)
    assert "Traceback" not in done.stderr
