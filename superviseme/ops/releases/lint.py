"""Do the migrations only add? docs/decisions/migrations.md says why. `python manage.py lint_migrations` in bin/check."""

import re
from collections.abc import Iterator, Sequence

from django.db.migrations import Migration
from django.db.migrations.operations import (
    AddField,
    AlterField,
    AlterModelTable,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, Field

FIRST = (1, 0, 0)  # has no release before it
TAKING = (RemoveField, DeleteModel, RenameField, RenameModel, AlterModelTable)
TAKING_SQL = re.compile(r"\b(DROP\s+(TABLE|COLUMN)|RENAME\s+(TO|COLUMN))\b", re.IGNORECASE)
VERSION = re.compile(r"\d+\.\d+\.\d+")


def problems(migration: Migration, version: str) -> list[str]:
    """What the release before would stumble over, a line each."""
    found = list(_found(migration, tuple(int(part) for part in version.split("."))))
    marker = getattr(migration, "expanded_in", None)
    if marker is None or not found:
        return found
    if not VERSION.fullmatch(str(marker)) or _numbers(marker) >= _numbers(version):
        return [f"expanded_in = {marker!r} has to name a release before {version}"]
    return []


def _found(migration: Migration, version: tuple[int, ...]) -> Iterator[str]:
    made = {operation.name.lower() for operation in migration.operations if isinstance(operation, CreateModel)}
    for operation in _all(migration.operations):
        if getattr(operation, "model_name", getattr(operation, "name", "")).lower() in made:
            continue  # of a table that nobody used before
        if isinstance(operation, TAKING):
            yield f"{operation.describe()}: takes away what the release before uses"
        elif isinstance(operation, RunSQL) and TAKING_SQL.search(str(operation.sql)):
            yield "SQL that drops or renames: takes away what the release before uses"
        elif version > FIRST and isinstance(operation, AddField) and _must_be_filled(operation.field):
            yield f"{operation.describe()}: the release before does not fill it; give it db_default or null=True"
        elif version > FIRST and isinstance(operation, AlterField) and _must_be_filled(operation.field):
            yield f"{operation.describe()}: it may have been empty; give it db_default, or say in which release it was filled"


def _all(operations: Sequence[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from _all(operation.database_operations)
        else:
            yield operation


def _must_be_filled(field: Field) -> bool:
    return not field.null and field.db_default is NOT_PROVIDED and not field.many_to_many


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
