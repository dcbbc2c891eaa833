"""What a backup says of itself: asked of the very moment that was copied."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .contents import Contents

Rows = Callable[[str], list[Any]]
PEOPLE = "accounts_person"
ASKED = {  # table: what is asked of it, where it is there
    "django_migrations": "SELECT app, name FROM django_migrations ORDER BY id",
    "workspaces_fileversion": "SELECT DISTINCT sha256, size FROM workspaces_fileversion ORDER BY sha256",
    "ops_site": "SELECT number FROM ops_site",
}
PICTURES = "SELECT DISTINCT picture, picture_size FROM accounts_person WHERE picture <> '' ORDER BY picture"
WITH_PICTURES = "accounts.0005_profile_picture"  # the migration; a backup from before it has no such columns


@dataclass(frozen=True)
class Seen:
    """A database as of one moment: its tables, its migrations, the files its rows name, the number of its site."""

    contents: Contents
    applied: list[str]
    files: list[tuple[str, int]]
    site: str

    @property
    def people(self) -> int:
        return int(self.contents.get(PEOPLE, {}).get("rows", 0))


def see(contents: Contents, rows: Rows) -> Seen:
    found = {table: rows(question) if table in contents else [] for table, question in ASKED.items()}
    applied = [f"{app}.{name}" for app, name in found["django_migrations"]]
    files = {str(sha256): int(size) for sha256, size in found["workspaces_fileversion"]}
    if WITH_PICTURES in applied:
        files |= {str(sha256): int(size) for sha256, size in rows(PICTURES)}
    return Seen(
        contents,
        applied=applied,
        files=sorted(files.items()),
        site=str(found["ops_site"][0][0]) if found["ops_site"] else "",
    )


def differences(expected: Contents, found: Contents) -> list[str]:
    """Tables that do not hold the same."""
    return [
        f"{table} ({expected.get(table, {}).get('rows', 'none')} rows expected, {found.get(table, {}).get('rows', 'none')} found)"
        for table in sorted(expected.keys() | found.keys())
        if expected.get(table) != found.get(table)
    ]
