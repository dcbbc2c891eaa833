"""A site with a database of its own, a file or a PostgreSQL database, which the test's process serves meanwhile."""

import secrets
import sqlite3
from contextlib import closing

import pytest
from django.db import connection, connections

from superviseme.ops.backup import place


@pytest.fixture(scope="session")
def blank(django_db_setup, django_db_blocker, tmp_path_factory):
    """`blank(folder)` are the settings of a new database without rows, as the migrations leave it."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            yield _blank_files(tmp_path_factory.mktemp("template") / "blank.sqlite3")
        else:
            yield from _blank_databases(f"own_{secrets.token_hex(4)}")


def _blank_files(template):
    connection.ensure_connection()
    with closing(sqlite3.connect(template)) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")

    def new(folder):
        (folder / "site.sqlite3").write_bytes(template.read_bytes())
        return {**connection.settings_dict, "NAME": str(folder / "site.sqlite3")}

    return new


def _blank_databases(template):
    connection.close()
    with server() as cursor:
        cursor.execute(f"CREATE DATABASE {template} TEMPLATE {connection.settings_dict['NAME']}")

    def new(folder):
        name = f"{template}_{secrets.token_hex(4)}"
        with server() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return {**connection.settings_dict, "NAME": name}

    yield new
    with server() as cursor:
        for (name,) in cursor.execute("SELECT datname FROM pg_database").fetchall():
            if name.startswith(template):
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def server():
    from superviseme.ops.backup.postgres import Postgres

    return Postgres(connections["default"].settings_dict).connect("template1", autocommit=True)


@pytest.fixture
def own_site(blank, django_db_blocker, settings, tmp_path):
    """DATA_DIR, files and a blank database that is really written to."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.FILES_DIR, settings.BACKUP_DIR = settings.DATA_DIR / "files", tmp_path / "backups"
    with django_db_blocker.unblock():
        tests = connections["default"]
        own = type(tests)(blank(settings.DATA_DIR), "default")
        connections["default"] = own
        try:
            yield place.engine()
        finally:
            own.close()
            connections["default"] = tests


@pytest.fixture
def filled(own_site):
    from .filler import fill

    fill(seed=1)
    return own_site
