"""The database of a drill: a file in its folder, or a new one on a PostgreSQL server that was named for it."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from superviseme.ops.exits import Stop


@dataclass(frozen=True)
class Drilled:
    """Its address, and how it is lost."""

    url: str
    lose: Callable[[], None]


@contextmanager
def sqlite(folder: Path) -> Iterator[Drilled]:
    yield Drilled(f"sqlite:///{folder / 'data' / 'superviseme.sqlite3'}", lambda: None)  # lost with the folder


@contextmanager
def postgres(server: str) -> Iterator[Drilled]:
    """A database of its own on `server` (an address with the right to make databases), gone afterwards."""
    name = f"drill_{secrets.token_hex(6)}"
    _on(server, "CREATE DATABASE {}", name)
    try:
        yield Drilled(_address(server, name), lambda: _lose(server, name))
    finally:
        for one in _like(server, name):
            _on(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", one)


def _lose(server: str, name: str) -> None:
    _on(server, "DROP DATABASE {} WITH (FORCE)", name)
    _on(server, "CREATE DATABASE {}", name)


def _on(server: str, statement: str, name: str) -> None:
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
    except psycopg.Error as problem:
        raise Stop(f"The server of the drill refuses: {str(problem).strip().splitlines()[0]}") from None


def _like(server: str, name: str) -> list[str]:
    """The database, those made beside it by a restore, and the one that was replaced."""
    with psycopg.connect(server, autocommit=True) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name])
        return [str(row[0]) for row in found.fetchall()]


def _address(server: str, name: str) -> str:
    parts = urlsplit(server)
    return urlunsplit((parts.scheme, parts.netloc, f"/{name}", parts.query, ""))
