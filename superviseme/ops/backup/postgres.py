"""A PostgreSQL database: dumped and read in one snapshot, restored into a new database."""

import glob
import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from superviseme.ops.exits import REFUSED, Stop

from .contents import postgres_contents
from .facts import Seen, see

NAME = "postgresql"
PART = "database.dump"
BEFORE = re.compile(r"_before_(\d{14})$")
SEND_AWAY = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
PATIENCE = 20  # seconds
SCRATCH = re.compile(r"_scratch_[0-9a-f]{8}$")
MOST_NAME = 40  # of 63 characters, so that an ending fits


class Postgres:
    """What the commands need of an engine; sqlite.py has the other."""

    name = NAME
    part = PART

    def __init__(self, settings: Mapping[str, Any]):
        self.place: dict[str, Any] = {
            "host": settings.get("HOST") or None,
            "port": str(settings.get("PORT") or "") or None,
            "user": settings.get("USER") or None,
            "password": settings.get("PASSWORD") or None,
        }
        self.database = str(settings["NAME"])

    def version(self) -> str:
        with self.connect() as database:
            return str(database.execute("SHOW server_version").fetchone()[0]).split()[0]

    def size(self) -> int:
        with self.connect() as database:
            return int(database.execute("SELECT pg_database_size(current_database())").fetchone()[0])

    def connect(self, database: str = "", *, autocommit: bool = False) -> Any:
        try:
            return psycopg.connect(
                **self.place, dbname=database or self.database, connect_timeout=5, autocommit=autocommit
            )
        except psycopg.OperationalError as problem:
            raise Stop(f"The database does not answer: {str(problem).strip().splitlines()[0]}") from None

    def dump(self, folder: Path) -> tuple[Path, Seen]:
        """One snapshot for the dump, for what it holds and for the files it names."""
        packed = folder / PART
        with self.connect() as database:
            database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            snapshot = database.execute("SELECT pg_export_snapshot()").fetchone()[0]
            words = ["--format=custom", "--compress=3", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
            dumping = self._start("pg_dump", *words, f"--file={packed}", self.database)
            try:
                contents = postgres_contents(database)
                seen = see(contents, lambda question: database.execute(question).fetchall())
            finally:
                said = dumping.communicate()[1].strip()
        if dumping.returncode:
            raise Stop(f"pg_dump failed: {(said.splitlines() or ['no reason given'])[-1]}")
        os.chmod(packed, 0o600)
        self.read_through(packed)
        return packed, seen

    def read_through(self, part: Path) -> None:
        """Reads the whole archive; a list of its contents would not notice damage."""
        reading = self._start("pg_restore", "--file=/dev/null", str(part))
        said = reading.communicate()[1].strip()
        if reading.returncode:
            raise Stop(f"The database in the backup cannot be read: {(said.splitlines() or ['?'])[-1]}")

    @contextmanager
    def scratch(self, part: Path, folder: Path) -> Iterator["Restored"]:
        """The dump really restored, as a database beside; dropped afterwards unless it was renamed."""
        restored = Restored(self, f"{self.database[:MOST_NAME]}_scratch_{secrets.token_hex(4)}")
        self.drop_leftovers()
        try:
            with self.connect("template1", autocommit=True) as server:
                server.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(restored.database))
                )
        except psycopg.errors.InsufficientPrivilege:
            raise Stop(
                f"The user of the database may not make databases: ALTER ROLE {self.place['user']} CREATEDB.", REFUSED
            ) from None
        try:
            words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
            filling = self._start("pg_restore", *words, f"--dbname={restored.database}", str(part))
            said = filling.communicate()[1].strip()
            if filling.returncode:
                raise Stop(f"The dump could not be restored: {(said.splitlines() or ['no reason given'])[0]}")
            yield restored
        finally:
            self.drop(restored.database)

    def look(self) -> tuple[str, int] | None:
        """The number of the site and how many people it has; None where there is no database, or an empty one."""
        if not self._exists():
            return None
        with self.connect() as database:
            site_table, people_table = database.execute(
                "SELECT to_regclass('ops_site'), to_regclass('accounts_person')"
            ).fetchone()
            if people_table is None:
                return None
            site = database.execute("SELECT number FROM ops_site").fetchone() if site_table else None
            people = database.execute("SELECT count(*) FROM accounts_person").fetchone()
            return (site[0] if site else ""), people[0]

    def is_led(self) -> bool:
        """Whether a scheduler holds its lease."""
        if not self._exists():
            return False
        with self.connect() as database:
            if database.execute("SELECT to_regclass('ops_lease')").fetchone()[0] is None:
                return False
            return bool(database.execute("SELECT count(*) FROM ops_lease WHERE expires_at > now()").fetchone()[0])

    def switch(self, restored: Any, *, stamp: str) -> str:
        """Two renames in one transaction; whoever is connected to the old one is sent away first."""
        kept = f"{self.database[:MOST_NAME]}_before_{stamp}"
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        there = self._exists()
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with self.connect("template1") as server:
                    for name in (self.database, restored.database):
                        server.execute(SEND_AWAY, [name])
                    if there:
                        server.execute(rename.format(sql.Identifier(self.database), sql.Identifier(kept)))
                    server.execute(rename.format(sql.Identifier(restored.database), sql.Identifier(self.database)))
                return kept if there else ""
            except psycopg.errors.ObjectInUse:  # somebody came back in between
                if time.monotonic() > deadline:
                    raise Stop("Somebody keeps connecting to the database: nothing was changed.") from None
                time.sleep(0.2)

    def prune_kept(self, older_than: str) -> list[str]:
        """Databases that were replaced before that stamp."""
        old = [name for name in self.beside() if (found := BEFORE.search(name)) and found.group(1) < older_than]
        for name in old:
            self.drop(name)
        return old

    def _exists(self) -> bool:
        with self.connect("template1") as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone()
            return found is not None

    def drop(self, name: str) -> None:
        with self.connect("template1", autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_leftovers(self) -> None:
        """Scratch databases of a run that was killed; the lock on BACKUP_DIR says that nobody else is at it."""
        for name in self.beside():
            if SCRATCH.search(name):
                self.drop(name)

    def beside(self) -> list[str]:
        """Databases that our commands made beside this one."""
        with self.connect("template1") as server:
            found = server.execute("SELECT datname FROM pg_database ORDER BY datname").fetchall()
        return [row[0] for row in found if row[0].startswith(f"{self.database[:MOST_NAME]}_")]

    def url(self, database: str) -> str:
        user, password = (quote(self.place[part] or "", safe="") for part in ("user", "password"))
        who = f"{user}{':' + password if password else ''}@" if user else ""
        port = f":{self.place['port']}" if self.place["port"] else ""
        return f"postgresql://{who}{quote(self.place['host'] or '', safe='')}{port}/{quote(database, safe='')}"

    def _start(self, program: str, *words: str) -> Any:
        names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
        place = {names[key]: value for key, value in self.place.items() if value}
        return subprocess.Popen(
            [find(program), *words],
            env={**os.environ, **place},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


class Restored:
    """A database that nobody else uses yet."""

    def __init__(self, engine: Postgres, database: str):
        self.engine, self.database = engine, database

    @property
    def url(self) -> str:
        return self.engine.url(self.database)

    def see(self) -> Seen:
        with self.engine.connect(self.database) as database:
            return see(postgres_contents(database), lambda question: database.execute(question).fetchall())


def find(program: str) -> str:
    """The newest there is: an older pg_dump refuses a newer server."""
    installed = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"), key=lambda p: float(p.split("/")[4]))
    found = installed[-1] if installed else shutil.which(program)
    if not found:
        raise Stop(f"{program} is missing: install PostgreSQL's client programs (Debian: postgresql-client).", REFUSED)
    return found
