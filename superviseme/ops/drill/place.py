"""Where a drill happens: a folder with a site of its own, and checkouts to release from, one good and two bad."""

import io
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from superviseme.ops.exits import REFUSED, Stop
from superviseme.ops.releases.layout import Releases, write_manifest
from superviseme.ops.releases.packages import fingerprint
from superviseme.places import CODE

GIT = ("git", "-c", "user.name=Drill", "-c", "user.email=drill@drill.invalid", "-c", "init.defaultBranch=main")
ANSWERS_WITHIN, WITHIN = 90, 600  # seconds
# Only the port people use goes wrong, so that no look beforehand can tell.
WRONG_IN_PUBLIC = """

_well = application


def application(environ, start_response):
    if environ.get("SERVER_PORT") != "{port}":
        return _well(environ, start_response)
    start_response("500 Drill", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"drill"]
"""
WRONG_AT_START = "\n\nraise RuntimeError('this release is bad on purpose')\n"


@dataclass
class Place:
    folder: Path
    database: str  # DATABASE_URL
    port: int = field(default_factory=lambda: _free_port())
    keeper: subprocess.Popen | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        """As of a production site on this machine; nothing of the site that the drill is started from."""
        mine = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        return mine | {
            "SITE_MODE": "production",
            "SECRET_KEY_FILE": str(self.folder / "key"),
            "ADMIN_BOOTSTRAP_PASSWORD_FILE": str(self.folder / "bootstrap"),
            "DATABASE_URL": self.database,
            "DATA_DIR": str(self.data),
            "BACKUP_DIR": str(self.folder / "backups"),
            "RELEASES_DIR": str(self.folder / "releases"),
            "BASE_URL": f"http://127.0.0.1:{self.port}",
            "PORT": str(self.port),
            "LOG_FORMAT": "json",
        }

    def make(self) -> None:
        """Keys, folders, and the good checkout; only in a folder that is empty."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if any(self.folder.iterdir()):
            raise Stop(f"The folder {self.folder} is not empty; a drill wants one of its own.", REFUSED)
        for name in ("key", "bootstrap"):
            with os.fdopen(os.open(self.folder / name, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(60))
        self.checkout("good", {})

    def checkout(self, name: str, changed: dict[str, str]) -> Path:
        """The commit that this program is of, with texts added to the end of some files, as a commit of its own."""
        folder = self.folder / "checkouts" / name
        folder.mkdir(parents=True)
        packed = subprocess.run([*GIT, "archive", "HEAD"], cwd=CODE, capture_output=True, check=False)
        if packed.returncode:
            raise Stop("A drill starts from a git checkout: it builds releases.", REFUSED)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        for path, text in changed.items():
            with (folder / path).open("a") as file:
                file.write(text.replace("{port}", str(self.port)))
        (folder / "build").mkdir(exist_ok=True)
        (folder / "build" / "static").symlink_to(CODE / "build" / "static")
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", name]):
            subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)
        return folder

    def borrow_packages(self) -> None:
        """Releases run with the packages this program runs with, instead of installing them again."""
        releases = Releases(self.folder / "releases")
        place = releases.folder / "packages" / fingerprint(CODE / "requirements.txt")
        place.mkdir(parents=True)
        (place / "venv").symlink_to(sys.prefix)
        (place / "sbom.json").write_text("{}")
        write_manifest(place, python=sys.version.split()[0])

    def run(self, source: Path, *words: str) -> tuple[int, dict[str, Any]]:
        """A command of ./runbook, as an operator types it: its exit and what it said."""
        done = subprocess.run(
            [sys.executable, str(source / "runbook"), *words, "--json"],
            cwd=source,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=WITHIN,
        )
        try:
            return done.returncode, json.loads(done.stdout.strip().splitlines()[-1])
        except (ValueError, IndexError):
            last = (done.stderr.strip() or "nothing said").splitlines()[-1]
            return done.returncode or 1, {"reason": last, "checks": []}

    def inside(self, source: Path, word: str) -> Any:
        command = [sys.executable, "-m", "superviseme.ops.drill.inside", word]
        done = subprocess.run(command, cwd=source, env=self.environment, capture_output=True, text=True, timeout=WITHIN)
        if done.returncode:
            raise Stop((done.stderr.strip() or word).splitlines()[-1])
        return json.loads(done.stdout.strip().splitlines()[-1])

    # --- serving -----------------------------------------------------------------------------------------------------

    def serve(self) -> None:
        with (self.folder / "keeper.log").open("ab") as log:
            command = [sys.executable, str(self.folder / "releases" / "current" / "runbook"), "serve", "all"]
            self.keeper = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + ANSWERS_WITHIN
        while self._live() != 200:
            if time.monotonic() > deadline or self.keeper.poll() is not None:
                raise Stop(f"The site does not serve; {self.folder / 'keeper.log'} says why.")
            time.sleep(0.1)

    def _live(self) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            return connection.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            connection.close()

    def stop(self) -> None:
        if self.keeper and self.keeper.poll() is None:
            self.keeper.terminate()
            try:
                self.keeper.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.keeper.kill()
                self.keeper.wait()

    def lose_data(self) -> None:
        """The machine's disk: everything but releases, keys and backups."""
        shutil.rmtree(self.data)


@contextmanager
def served(place: Place) -> Iterator[None]:
    """Serves inside the block; whatever happens, nothing runs afterwards."""
    place.serve()
    try:
        yield
    finally:
        place.stop()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
