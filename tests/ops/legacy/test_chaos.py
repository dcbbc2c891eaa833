"""Whatever lies in the file: it is imported or refused row by row, and a second time nothing is added."""

import os
from pathlib import Path

import pytest
from django.db import connection

from superviseme.ops.legacy.run import import_predecessor

from .chaos import chaotic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(400 if os.environ.get("LONG") == "1" else 12))
def test_any_database_is_read_completely_and_once(seed: int, tmp_path: Path) -> None:
    file = chaotic(tmp_path / "old.sqlite3", seed)

    first = import_predecessor(file)
    before = _rows()
    second = import_predecessor(file)

    for report in (first, second):
        assert {t: c["imported"] + c["merged"] + c["refused"] for t, c in report.tables.items()} == {
            t: c["read"] for t, c in report.tables.items()
        }
        assert len(report.refusals) == sum(c["refused"] for c in report.tables.values())
        assert [r for r in report.refusals if "does not take it" in r["reason"]] == []
    assert second.imported == 0
    assert _rows() == before
    connection.check_constraints()


def _rows() -> dict[str, int]:
    """How many rows every table holds."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts
