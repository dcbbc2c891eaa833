"""The checks that read the code without running the site. Each has a name, a command, and counts as one test."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass, field

from _setup import ROOT, neutral_environment, say, venv_program, venv_python


@dataclass
class Tally:
    passed: int = 0
    failed: int = 0
    names: list = field(default_factory=list)

    def add(self, name: str, passed: int, failed: int) -> None:
        self.passed += passed
        self.failed += failed
        if failed:
            self.names.append(name)


def static_checks() -> list:
    python = venv_python()
    return [
        ("Lint (ruff)", [venv_program("ruff"), "check", "--quiet", "."]),
        ("Format (ruff)", [venv_program("ruff"), "format", "--check", "--quiet", "."]),
        ("Compile", [python, "-m", "compileall", "-q", "superviseme", "tests", "scripts", "bin"]),
        ("Types (mypy)", [venv_program("mypy")]),
        ("Imports only go down (import-linter)", [venv_program("lint-imports"), "--no-cache"]),
        ("Templates (djlint)", [venv_program("djlint"), "superviseme/templates", "--lint", "--quiet"]),
        ("Every view, setting and model (manage.py check)", [python, "manage.py", "check", "--fail-level=WARNING"]),
        ("No model without its migration", [python, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("Migrations only add", [python, "manage.py", "lint_migrations"]),
        ("Schema as committed", [python, "scripts/check_schema_alignment.py", "--strict", "--db", REFERENCE]),
    ]


REFERENCE = "data_schema/database_dashboard.db"


def run_static_checks(tally: Tally) -> None:
    environment = neutral_environment("test", "test-data")
    for name, command in static_checks():
        start = time.monotonic()
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        ok = done.returncode == 0
        if not ok:
            say(done.stdout.rstrip())
        say(f"{'ok    ' if ok else 'FAILED'} {name} ({time.monotonic() - start:.1f} s)")
        tally.add(name, passed=int(ok), failed=int(not ok))


def closing_words(tally: Tally) -> int:
    """The last line is for machines; what failed is named before it."""
    for name in tally.names:
        say(f"FAILED {name}")
    say(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed or not tally.passed else 0
