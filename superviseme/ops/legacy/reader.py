"""Reading the file, whatever state it is in: schemas 0001 to 0005, missing tables and columns, wrong types."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .report import Report
from .rows import Row, number_of

TABLES = """
user_mgmt supervisor_role thesis thesis_status thesis_supervisor thesis_tag thesis_interest thesis_update update_tag
resource thesis_objective thesis_hypothesis todo todo_reference meeting_note meeting_note_reference notification
telegram_bot_config research_project research_project_collaborator research_project_status research_project_update
research_project_resource research_project_objective research_project_hypothesis research_project_todo
research_project_meeting_note research_project_todo_reference research_project_meeting_note_reference orcid_activity
""".split()
VERSIONS = "alembic_version"
MARK = b"SQLite format 3\x00"


class NotAPredecessor(Exception):
    """The file is missing, unreadable or something else; the message says which."""


class Source:
    """The rows of the file. Every row is counted as read once, when its table is asked for."""

    def __init__(self, connection: sqlite3.Connection, report: Report) -> None:
        self._connection = connection
        self._report = report
        self._rows: dict[str, list[Row]] = {}
        self.present = _names(connection)
        if "user_mgmt" not in self.present or not {"id", "email"} <= self._columns("user_mgmt"):
            raise NotAPredecessor("This database has no table user_mgmt as the predecessor's has.")
        report.unknown_tables = sorted(self.present - {*TABLES, VERSIONS})
        for table in TABLES:
            report.count(table, "read", 0)

    def rows(self, table: str) -> list[Row]:
        """The rows with a usable number, in its order; the others are refused here."""
        if table not in self._rows:
            self._rows[table] = self._read(table) if table in self.present else []
        return self._rows[table]

    def versions(self) -> int:
        """How many rows the table of schema versions has."""
        return len(self._all(VERSIONS)) if VERSIONS in self.present else 0

    def _read(self, table: str) -> list[Row]:
        found: dict[int, Row] = {}
        for values in self._all(table):
            self._report.count(table, "read")
            number = number_of(values.get("id"))
            if number is None:
                self._report.refused(table, str(values.get("id"))[:60], "the row has no number")
            elif number in found:
                self._report.refused(table, number, "the number is used twice; the first row counts")
            else:
                found[number] = Row(table, number, values, self._report)
        return [found[number] for number in sorted(found)]

    def _all(self, table: str) -> list[dict[str, object]]:
        with closing(self._connection.execute(f'SELECT * FROM "{table}"')) as cursor:  # noqa: S608 - a name of ours
            columns = [column[0].lower() for column in cursor.description]
            return [dict(zip(columns, values, strict=True)) for values in cursor]

    def _columns(self, table: str) -> set[str]:
        return {row[1].lower() for row in self._connection.execute(f'PRAGMA table_info("{table}")')}


@contextmanager
def opened(path: Path, report: Report) -> Iterator[Source]:
    """The file as a source. A copy is read, so that the original is neither written nor locked."""
    check(path)
    with TemporaryDirectory(prefix="import-") as folder:
        copy = Path(folder) / "predecessor.sqlite3"
        try:
            _copy(path, copy)
            with closing(sqlite3.connect(copy)) as connection:
                connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
                yield Source(connection, report)
        except sqlite3.DatabaseError as broken:
            raise NotAPredecessor(f"{path} cannot be read as a database: {broken}.") from broken
        except OSError as refused:
            raise NotAPredecessor(f"{path} cannot be read: {refused.strerror}.") from refused


def check(path: Path) -> None:
    """Raise unless this is an SQLite database one can read."""
    if not path.is_file():
        raise NotAPredecessor(f"There is no file {path}.")
    try:
        with path.open("rb") as file:
            start = file.read(len(MARK))
    except OSError as refused:
        raise NotAPredecessor(f"{path} cannot be read: {refused.strerror}.") from refused
    if start != MARK:
        raise NotAPredecessor(f"{path} is not an SQLite database.")


def _copy(path: Path, copy: Path) -> None:
    shutil.copyfile(path, copy)
    for ending in ("-wal", "-journal"):
        beside = Path(f"{path}{ending}")
        if beside.is_file():
            shutil.copyfile(beside, f"{copy}{ending}")


def _names(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {str(row[0]).lower() for row in rows}
