"""The keeper: owns the listening socket and the processes of the current release.

When the link `current` leads elsewhere, or that release's environment was kept anew, it starts the new processes on the same
socket, waits until they accept, and only then lets the old ones finish. Nobody is refused meanwhile: requests wait in the
socket's queue for whoever accepts first. A new release that does not get ready is ended and the old one goes on.
"""

import contextlib
import fcntl
import json
import os
import signal
import socket
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import structlog

from superviseme.ops.exits import DONE, FAILED

from . import environment, judgement
from .child import Child
from .layout import Release, Releases

log = structlog.get_logger("superviseme.keeper")
READY_WITHIN = 45.0
LOOK_EVERY = 0.25
BACKLOG = 2048
Wanted = tuple[str, float]


@dataclass
class Keeper:
    releases: Releases
    roles: tuple[str, ...]  # web, scheduler or both
    listener: socket.socket | None = None
    children: dict[str, Child] = field(default_factory=dict)
    leaving: list[Child] = field(default_factory=list)
    serves: Wanted = ("", 0.0)
    refused: Wanted = ("", 0.0)
    reason: str = ""
    asked_to_stop: bool = False

    def run(self) -> int:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._asked)
        with self._known():
            try:
                if not self._change(self._wanted()):
                    return FAILED
                while not self.asked_to_stop:
                    self._look()
                    time.sleep(LOOK_EVERY)
                return DONE
            finally:
                self._stop()

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self.asked_to_stop = True

    def _wanted(self) -> Wanted:
        release = self.releases.current
        return (release.name, environment.stamp(release)) if release else self.serves

    def _look(self) -> None:
        judgement.put_back_when_abandoned(self.releases)
        wanted = self._wanted()
        if wanted not in (self.serves, self.refused):
            self._change(wanted)
        for role, child in list(self.children.items()):
            if child.ended:
                log.error("A process ended and is started again.", role=role, exit=child.process.returncode)
                time.sleep(min(child.started_again + 1, 30))
                self.children[role] = self._start(role, child.release, again=child.started_again + 1)
        self.leaving = [child for child in self.leaving if not child.gone()]
        self._say()

    def _change(self, wanted: Wanted) -> bool:
        """The web first, beside the old one; the scheduler only once the old one has let go."""
        release = Release(self.releases.folder / wanted[0])
        log.info("A release is started.", release=release.name)
        self._say(state="switching", target=release.name)
        started = {role: self._start(role, release) for role in self.roles if role == "web"}
        if not all(self._gets_ready(child) for child in started.values()):
            return self._refuse(wanted, list(started.values()))
        old = self.children
        if "scheduler" in self.roles:
            self._retire(old.get("scheduler"), wait=True)
            started["scheduler"] = self._start("scheduler", release)
        self._retire(old.get("web"), wait=False)
        self.children, self.serves, self.refused, self.reason = started, wanted, ("", 0.0), ""
        log.info("A release serves.", release=release.name)
        self._say()
        return True

    def _gets_ready(self, child: Child) -> bool:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and not child.ended and not self.asked_to_stop:
            if child.ready():
                return True
            time.sleep(0.05)
        return False

    def _refuse(self, wanted: Wanted, started: list[Child]) -> bool:
        for child in started:
            code = child.process.poll()
            self.reason = f"it ended with exit {code}" if code is not None else "it did not get ready"
            self.reason = "; ".join([self.reason, *(child.errors[:3] or child.said)])
            child.end()
        self.refused = wanted
        log.error("A release did not start; what served goes on.", release=wanted[0], why=self.reason)
        self._say()
        return False

    def _retire(self, child: Child | None, *, wait: bool) -> None:
        if child is None:
            return
        child.ask_to_stop()
        self.leaving.append(child)
        while wait and not child.gone():
            time.sleep(0.05)

    def _start(self, role: str, release: Release, *, again: int = 0) -> Child:
        return Child.start(role, release, self.listener if role == "web" else None, again=again)

    def _stop(self) -> None:
        if self.listener:
            self.listener.close()
        for child in [*self.children.values(), *self.leaving]:
            child.ask_to_stop()
        for child in [*self.children.values(), *self.leaving]:
            while not child.gone():
                time.sleep(0.05)

    # --- what others can see of it ----------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _known(self) -> Any:
        """A lock that is held as long as this process lives, and beside it what it does."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{os.getpid()}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield
            finally:
                for ending in ("json", "lock"):
                    (self._folder / f"{os.getpid()}.{ending}").unlink(missing_ok=True)

    @property
    def _folder(self) -> Path:
        return self.releases.folder / "serving"

    def _say(self, state: str = "", target: str = "") -> None:
        said = {
            "pid": os.getpid(),
            "roles": self.roles,
            "release": self.serves[0],
            "stamp": self.serves[1],
            "state": state or ("refused" if self.refused[0] else "serving"),
            "target": target or self.refused[0] or self.serves[0],
            "reason": self.reason,
            "errors": [line for child in self.children.values() for line in child.errors],
        }
        text = json.dumps(said)
        if text == getattr(self, "_said", ""):
            return
        self._said = text
        place = self._folder / f"{os.getpid()}.json"
        beside = place.with_suffix(".new")
        beside.write_text(text)
        os.replace(beside, place)


def listen(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen(BACKLOG)
    return listener


def keepers(releases: Releases) -> list[dict[str, Any]]:
    """Those alive here, as they last said; what the dead left is removed."""
    found = []
    for file in sorted((releases.folder / "serving").glob("*.lock")):
        said = file.with_suffix(".json")
        with contextlib.suppress(OSError, ValueError), file.open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                found.append(dict(json.loads(said.read_text())))
                continue
            said.unlink(missing_ok=True)
            file.unlink(missing_ok=True)
    return found


def keep(releases: Releases, roles: tuple[str, ...], host: str, port: int) -> int:
    sys.stdout.flush()
    return Keeper(releases, roles, listen(host, port) if "web" in roles else None).run()
