"""What a database promises, as plain facts: {"column thesis.title": "varchar(200), not null", …}.

Two databases of one engine hold the same promises when their facts are equal. The order of columns, the spacing of
statements and the names that an engine invents by itself are no promises.
"""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

Facts = dict[str, str]

# --- SQLite -----------------------------------------------------------------------------------------------------------


def sqlite_facts(database: sqlite3.Connection) -> Facts:
    facts: Facts = {}
    for kind, name, table, statement in database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"):
        if name.startswith("sqlite_"):
            continue
        if kind == "table":
            facts[f"table {name}"] = "virtual" if statement.upper().startswith("CREATE VIRTUAL") else "ordinary"
            facts.update(_sqlite_table(database, name, statement))
        elif kind in ("view", "trigger"):
            facts[f"{kind} {name}"] = _spaced(statement)
        elif table and statement:
            facts[f"index {name}"] = f"on {table} ({_spaced(statement).partition(' (')[2]}{_unique(statement)}"
    return facts


def _unique(statement: str) -> str:
    return ", unique" if statement.upper().startswith("CREATE UNIQUE") else ""


def _sqlite_table(database: sqlite3.Connection, table: str, statement: str) -> Iterator[tuple[str, str]]:
    for _, name, kind, not_null, default, key, hidden in database.execute(
        "SELECT * FROM pragma_table_xinfo(?)", [table]
    ):
        words = [kind.lower(), "not null" if not_null else "null", f"default {default}", "key" if key else ""]
        words += ["generated"] if hidden > 1 else []
        yield f"column {table}.{name}", ", ".join(word for word in words if word and word != "default None")
    for index, origin in database.execute("SELECT name, origin FROM pragma_index_list(?) WHERE origin <> 'c'", [table]):
        columns = [row[0] for row in database.execute("SELECT name FROM pragma_index_info(?)", [index])]
        yield f"{'unique' if origin == 'u' else 'primary key'} {table} ({', '.join(columns)})", "yes"
    for row in database.execute('SELECT "from", "table", "to", on_delete FROM pragma_foreign_key_list(?)', [table]):
        yield f"foreign key {table}.{row[0]}", f"to {row[1]}.{row[2]}, {row[3].lower()}"
    for name, expression in _checks(statement):
        yield f"check {table} {name or expression}", expression


def _checks(statement: str) -> Iterator[tuple[str, str]]:
    """The names and expressions of the CHECK constraints in a CREATE TABLE, quotes and brackets respected."""
    masked = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"", lambda found: "x" * len(found.group()), statement)
    for found in re.finditer(r"\bCHECK\s*\(", masked, re.IGNORECASE):
        end = _closing(masked, found.end() - 1)
        name = re.search(r'CONSTRAINT "([^"]+)" $', statement[: found.start()], re.IGNORECASE)
        yield (name.group(1) if name else ""), _spaced(statement[found.end() : end])


def _closing(text: str, opening: int) -> int:
    depth = 0
    for position in range(opening, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    return len(text)


def _spaced(statement: str) -> str:
    return " ".join(statement.split())


# --- PostgreSQL -------------------------------------------------------------------------------------------------------

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity::text,
           pg_get_expr(d.adbin, d.adrelid), coalesce(l.collname, '')
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'default'
    WHERE c.relnamespace = %(schema)s::regnamespace AND a.attnum > 0 AND NOT a.attisdropped"""
CONSTRAINTS = """
    SELECT c.relname, k.conname, k.contype::text, pg_get_constraintdef(k.oid), k.convalidated
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = %(schema)s::regnamespace AND k.contype IN ('c', 'f', 'p', 'u', 'x')"""
INDEXES = """
    SELECT i.relname, pg_get_indexdef(x.indexrelid), x.indisvalid
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    WHERE i.relnamespace = %(schema)s::regnamespace"""
TRIGGERS = """
    SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = %(schema)s::regnamespace AND NOT t.tgisinternal"""
OTHERS = """
    SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' ELSE 'table' END, relname
    FROM pg_class WHERE relnamespace = %(schema)s::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"""
CONSTRAINT_WORDS = {"c": "check", "f": "foreign key", "p": "primary key", "u": "unique", "x": "exclusion"}


def postgres_facts(cursor: Any, schema: str) -> Facts:
    """The schema has to be the first on the search path: what it holds is then named without it."""
    facts: Facts = {}

    def rows(query: str) -> list[Any]:
        cursor.execute(query, {"schema": f'"{schema}"'})
        return list(cursor.fetchall())

    def own(text: str) -> str:
        return re.sub(rf'(?<!\w)"?{re.escape(schema)}"?\.', "", text)

    facts.update({f"{kind} {name}": "ordinary" for kind, name in rows(OTHERS)})
    for table, name, kind, not_null, identity, default, collation in rows(COLUMNS):
        words = [kind, "not null" if not_null else "null", "identity" if identity else "", collation]
        words += [f"default {own(default)}"] if default else []
        facts[f"column {table}.{name}"] = ", ".join(word for word in words if word)
    for table, name, kind, definition, valid in rows(CONSTRAINTS):
        facts[f"{CONSTRAINT_WORDS[kind]} {table} {name}"] = own(definition) + ("" if valid else ", not valid")
    for name, definition, valid in rows(INDEXES):
        facts[f"index {name}"] = own(definition) + ("" if valid else ", not valid")
    for table, name, definition in rows(TRIGGERS):
        facts[f"trigger {name} on {table}"] = own(definition)
    return facts
