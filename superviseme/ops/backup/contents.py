"""What a database holds, as one figure a table that does not depend on the engine: two databases with equal figures
hold the same rows.

Tables are read as they are found, not as today's models say, so that a backup of an older release can be compared.
"""

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

Contents = dict[str, dict[str, Any]]  # table -> {"rows": 3, "sha256": "…"}
AT_ONCE = 2000


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[tuple[str, str], ...]  # name, kind
    key: tuple[str, ...]


def sqlite_contents(database: sqlite3.Connection) -> Contents:
    return {
        table.name: digest(table, database.execute(_select(table, lambda name: f'"{name}"')))
        for table in _sqlite_tables(database)
    }


def postgres_contents(database: Any) -> Contents:
    """By a psycopg connection inside a transaction that sees one moment."""
    database.execute("SET LOCAL TIME ZONE 'UTC'")
    return {table.name: digest(table, _postgres_rows(database, table)) for table in _postgres_tables(database)}


def digest(table: Table, rows: Iterable[Any]) -> dict[str, Any]:
    plain = [PLAIN.get(kind, _text) for _, kind in table.columns]
    figure, count = hashlib.sha256(json.dumps([name for name, _ in table.columns]).encode()), 0
    for row in rows:
        values = [None if value is None else how(value) for how, value in zip(plain, row, strict=True)]
        figure.update(json.dumps(values).encode())
        count += 1
    return {"rows": count, "sha256": figure.hexdigest()}


def _select(table: Table, ordered: Callable[[str], str]) -> str:
    names = ", ".join(f'"{name}"' for name, _ in table.columns)
    order = ", ".join(ordered(name) for name in table.key)
    return f'SELECT {names} FROM "{table.name}" ORDER BY {order}'  # noqa: S608 - names from the database itself


# --- SQLite -----------------------------------------------------------------------------------------------------------


def _sqlite_tables(database: sqlite3.Connection) -> Iterator[Table]:
    """Ordinary tables; of virtual ones (the words of the search) everything can be made from the others."""
    found = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    virtual = [name for name, statement in found if statement.upper().startswith("CREATE VIRTUAL")]
    for name, statement in found:
        if name.startswith("sqlite_") or any(name == v or name.startswith(f"{v}_") for v in virtual):
            continue
        columns = database.execute("SELECT name, type, pk FROM pragma_table_info(?) ORDER BY name", [name]).fetchall()
        kinds = tuple((column, _sqlite_kind(column, kind, statement)) for column, kind, _ in columns)
        key = tuple(column for column, _, place in sorted(columns, key=lambda c: c[2]) if place)
        yield Table(name, kinds, key or tuple(column for column, *_ in columns))


def _sqlite_kind(column: str, kind: str, statement: str) -> str:
    if f'JSON_VALID("{column}")' in statement:
        return "json"
    return re.sub(r"\(.*", "", kind.lower()).strip()


# --- PostgreSQL -------------------------------------------------------------------------------------------------------

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, NULL),
           coalesce(array_position(k.conkey, a.attnum), 0), t.typcollation <> 0
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    ORDER BY c.relname COLLATE "C", a.attname COLLATE "C" """


def _postgres_tables(database: Any) -> Iterator[Table]:
    found: dict[str, list[Any]] = {}
    for table, *column in database.execute(COLUMNS).fetchall():
        found.setdefault(table, []).append(column)
    for name, columns in found.items():
        kinds = tuple((column, "text" if collates else kind) for column, kind, _, collates in columns)
        key = tuple(column for column, _, place, _ in sorted(columns, key=lambda c: c[2]) if place)
        yield Table(name, kinds, key or tuple(column for column, *_ in columns))


def _postgres_rows(database: Any, table: Table) -> Iterator[Any]:
    kinds = dict(table.columns)

    def ordered(name: str) -> str:
        return f'"{name}" COLLATE "C"' if kinds[name] == "text" else f'"{name}"'

    with database.cursor(name="contents") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(_select(table, ordered))
        yield from cursor


# --- values as both engines give them ---------------------------------------------------------------------------------


def _text(value: Any) -> str:
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)


def _truth(value: Any) -> str:
    return "1" if value else "0"


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    text = str(value).replace("T", " ").removesuffix("+00:00")
    return text if "." in text else f"{text}.000000"


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _decimal(value: Any) -> str:
    return format(Decimal(str(value)).normalize(), "f")


def _json(value: Any) -> str:
    return json.dumps(json.loads(value) if isinstance(value, str | bytes) else value, sort_keys=True)


PLAIN: dict[str, Callable[[Any], str]] = {
    "bool": _truth,
    "boolean": _truth,
    "datetime": _moment,
    "timestamp with time zone": _moment,
    "date": _day,
    "decimal": _decimal,
    "numeric": _decimal,
    "json": _json,
    "jsonb": _json,
}
