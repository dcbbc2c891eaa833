"""A site of its own as processes: made, served, broken and asked about from outside."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import requests

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "t" * 32  # of the form; http needs no more than cookie and field saying the same
PATIENCE = 60

PEOPLE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tests.people import Role, a_thesis, person
alice, bob = person("Alice Author", Role.STUDENT), person("Bob Boss", Role.SUPERVISOR)
thesis = a_thesis(author=alice, supervisor=bob)
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(alice.pk), alice.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session.create()
answer = {"session": session.session_key, "workspace": thesis.workspace_id}
"""


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Site:
    """In `folder`, on SQLite there or on the PostgreSQL of `database`. Alice is signed in and has a thesis."""

    def __init__(
        self,
        folder: Path,
        database: str = "",
        *,
        host: str = "127.0.0.1",
        inside: tuple[str, ...] = (),
        known: Any = None,
        **more: str,
    ):
        """`inside` is put before every command (another network), `known` is what a site on the same database found."""
        self.port, self.inside = free_port(), inside
        self.url = f"http://{host}:{self.port}"
        mine = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        self.env = mine | {
            "SITE_MODE": "demo",
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "HOST": host,
            "BASE_URL": self.url,
            "DATABASE_URL": database,
            **more,
        }
        self.process: subprocess.Popen | None = None
        self.log = folder.parent / f"{folder.name}.log"
        migrate = [*inside, sys.executable, str(ROOT / "runbook"), "migrate"]
        subprocess.run(migrate, env=self.env, check=True, capture_output=True, timeout=120)
        self.known = known or self.ask(PEOPLE)

    def ask(self, code: str) -> Any:
        """Run Python inside the site's settings; what it leaves in `answer` comes back through JSON."""
        start = "import django, json; django.setup(); answer = None\n"
        done = subprocess.run(
            [*self.inside, sys.executable, "-c", f"{start}{code}\nprint(json.dumps(answer))"],
            cwd=ROOT,
            env=self.env | {"DJANGO_SETTINGS_MODULE": "superviseme.config.settings"},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self) -> None:
        """Serve the web role, until it answers."""
        with self.log.open("ab") as log:
            command = [*self.inside, sys.executable, str(ROOT / "runbook"), "serve", "web"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        self.wait()

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if requests.get(f"{self.url}/health", timeout=5).status_code == 200:
                    return
            except requests.RequestException:
                time.sleep(0.05)
        raise AssertionError(f"The site does not answer: {self.log.read_text(errors='replace')[-2000:]}")

    def workers(self) -> list[psutil.Process]:
        assert self.process
        return psutil.Process(self.process.pid).children()

    def kill(self) -> None:
        """The whole role at once, as a power cut does."""
        assert self.process
        everybody = [*self.workers(), psutil.Process(self.process.pid)]
        for one in everybody:
            one.kill()
        self.process.wait()
        psutil.wait_procs(everybody, timeout=10)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.kill()

    def browser(self) -> requests.Session:
        """Alice's."""
        session = requests.Session()
        session.cookies.update({"sessionid": self.known["session"], "csrftoken": TOKEN})
        session.headers["X-CSRFToken"] = TOKEN
        return session

    def address(self, noun: str) -> str:
        return f"{self.url}/w/{self.known['workspace']}/{noun}"
