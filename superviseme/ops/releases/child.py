"""One process of a release under the keeper: started, watched while it starts, ended."""

import contextlib
import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from superviseme.places import ROOT

from . import environment
from .layout import Release

PATIENCE = 32  # seconds between SIGTERM and SIGKILL
WATCHED = 30  # seconds in which errors count as errors of the start
MOST_ERRORS = 20
ERROR = re.compile(r'"level": "(error|critical)"|\[(error|critical) *\]|\[(ERROR|CRITICAL)\]|^Traceback ')
READY = "SUPERVISEME_READY"  # the number of a pipe into which a web worker writes once it accepts


@dataclass
class Child:
    release: Release
    process: subprocess.Popen
    pipe: int
    started_again: int = 0
    since: float = field(default_factory=time.monotonic)
    errors: list[str] = field(default_factory=list)
    said: deque[str] = field(default_factory=lambda: deque(maxlen=5))  # its last lines, whatever they are
    killed_at: float = 0

    @classmethod
    def start(cls, role: str, release: Release, listener: socket.socket | None, *, again: int = 0) -> "Child":
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        words = ["serve", role, "--kept", *(["--fd", str(listener.fileno())] if listener else [])]
        scheduling = {"ENABLE_SCHEDULER": "true" if role == "scheduler" else "false"}
        process = launch(
            release,
            words,
            {**scheduling, READY: str(writing)},
            keep=(writing, *([listener.fileno()] if listener else [])),
            stderr=subprocess.PIPE,
        )
        os.close(writing)
        child = cls(release, process, reading, started_again=again)
        threading.Thread(target=child._read, daemon=True).start()
        return child

    def ready(self) -> bool:
        with contextlib.suppress(BlockingIOError, OSError):
            return bool(os.read(self.pipe, 1))
        return False

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if not self.killed_at:
            self.killed_at = time.monotonic() + PATIENCE
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()

    def gone(self) -> bool:
        """Whether it has ended; once its time is over, it is ended."""
        if not self.ended and time.monotonic() > self.killed_at:
            self._kill()
        if self.ended and self.pipe >= 0:
            os.close(self.pipe)
            self.pipe = -1
        return self.ended

    def end(self) -> None:
        self._kill()
        self.process.wait()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _read(self) -> None:
        """What it logs goes where ours goes; errors of its start are kept for whoever deploys."""
        assert self.process.stderr is not None  # noqa: S101 - for the type checker: start() asked for the pipe
        for line in self.process.stderr:
            with contextlib.suppress(OSError):
                sys.stderr.buffer.write(line)
                sys.stderr.buffer.flush()
            text = line.decode(errors="replace").rstrip()
            if text:
                self.said.append(text[:300])
            if time.monotonic() - self.since < WATCHED and ERROR.search(text) and len(self.errors) < MOST_ERRORS:
                self.errors.append(text[:300])


def launch(
    release: Release,
    words: list[str],
    more: Mapping[str, str],
    *,
    kept_environment: bool = True,
    keep: tuple[int, ...] = (),
    **pipes: Any,
) -> subprocess.Popen:
    """A process of that release, in the environment kept for it or the present one, which ends when we end."""
    said = {**os.environ, **(environment.overlay(release) if kept_environment else {}), **more}
    return subprocess.Popen(
        release.runbook(*words),
        cwd=ROOT,
        env=said,
        stdin=subprocess.DEVNULL,
        pass_fds=keep,
        start_new_session=True,
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        **pipes,
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
