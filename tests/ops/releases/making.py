"""Small sources of releases, and a site that serves them: real processes in a folder of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from superviseme.ops.releases.layout import Releases, write_manifest
from superviseme.ops.releases.packages import fingerprint

ROOT = Path(__file__).resolve().parents[3]
BUILT = (ROOT / "build" / "static" / "staticfiles.json").is_file()
TAKEN = ("superviseme", "scripts", "data_schema")
FILES = ("runbook", "manage.py", "requirements.txt", "requirements.in", "LICENSE", "pyproject.toml")
GIT = ["git", "-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-c", "init.defaultBranch=main"]


def source_of(folder, version, **changed):
    """A checkout of this version; `changed` are texts put at the end of files, by path with __ for /."""
    folder.mkdir(parents=True)
    for name in TAKEN:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    project = folder / "pyproject.toml"
    project.write_text(project.read_text().replace('version = "1.0.0"', f'version = "{version}"'))
    for name, text in changed.items():
        with (folder / f"{name.replace('__', '/')}.py").open("a") as file:
            file.write(f"\n{text}\n")
    (folder / ".gitignore").write_text("build\n.env\n__pycache__\n")
    (folder / "build").mkdir()
    (folder / "build" / "static").symlink_to(ROOT / "build" / "static")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", version]):
        subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True)
    return folder


def seeded(folder):
    """A folder of releases that has the packages already: those of this test run."""
    releases = Releases(folder)
    place = folder / "packages" / fingerprint(ROOT / "requirements.txt")
    place.mkdir(parents=True)
    (place / "venv").symlink_to(sys.prefix)
    (place / "sbom.json").write_text("{}")
    write_manifest(place, python=sys.version.split()[0])
    return releases


def free_port():
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Site:
    """A demonstration site in a folder, and its ./runbook."""

    def __init__(self, folder, **more):
        self.folder, self.port = folder, free_port()
        self.releases = seeded(folder / "releases")
        mine = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
        self.environment = {
            **mine,
            "SITE_MODE": "demo",
            "DATA_DIR": str(folder / "data"),
            "RELEASES_DIR": str(folder / "releases"),
            "PORT": str(self.port),
            **more,
        }
        self.keeper = None
        self.log = folder / "keeper.log"

    def command(self, source, *words):
        return [sys.executable, str(source / "runbook"), *words]

    def run(self, source, *words, within=180, **more):
        """The command's exit and what it said as JSON."""
        done = subprocess.run(
            self.command(source, *words, "--json"),
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            timeout=within,
        )
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout.splitlines()[-1])

    def deploy(self, source, *words, **more):
        return self.run(source, "deploy", "--without-receipt", *words, **more)

    def begin(self, source):
        """Serving this release, without the ceremony of a deploy."""
        assert self.run(source, "release", "build", "--without-receipt")[0] == 0
        release = self.releases.all()[0]
        assert self.run(release.folder, "migrate")[0] == 0
        self.releases.point("current", release)
        self.serve()

    def serve(self, role="web"):
        runbook = self.folder / "releases" / "current" / "runbook"
        with self.log.open("a") as log:
            self.keeper = subprocess.Popen(
                [sys.executable, str(runbook), "serve", role], env=self.environment, stdout=log, stderr=log
            )
        until(self.answers)

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=3) as answer:
                return answer.status == 200
        except OSError:
            return False

    def backed_up(self):
        """Which release each backup says it is of."""
        found = (self.folder / "data" / "backups").glob("2*/manifest.json")
        return [f"{said['release']}-{said['commit'][:12]}" for said in (json.loads(one.read_text()) for one in found)]

    def current(self):
        return self.releases.current.name

    def stop(self):
        if self.keeper:
            self.keeper.terminate()
            self.keeper.wait(timeout=60)


def until(holds, within=60):
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("did not come true in time")


def failed(said):
    return [
        f"{check['id']}: {check['measured']}" for check in said["checks"] if check["status"] not in ("ok", "warning")
    ]
