"""An old database to fill, and a function that imports it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from superviseme.ops.legacy.report import Report
from superviseme.ops.legacy.run import import_predecessor

from .predecessor import Predecessor


@pytest.fixture
def old(tmp_path: Path) -> Predecessor:
    return Predecessor(tmp_path / "old.sqlite3")


@pytest.fixture
def imported(old: Predecessor, db: None) -> Callable[[], Report]:
    return lambda: import_predecessor(old.done())


def reasons(report: Report, table: str) -> list[str]:
    """Why rows of this table were changed or refused."""
    return [entry["reason"] for entry in [*report.changes, *report.refusals] if entry["table"] == table]
