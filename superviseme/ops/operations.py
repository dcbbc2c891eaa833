"""The operations log: who ran which command of the runbook, when, and how it ended. Lines are only ever added.

It stands in a file beside the data, because it must hold while there is no database.
"""

import getpass
import json
import os
import secrets
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from superviseme.places import ROOT

NAME = "operations.log"
Entry = dict[str, Any]


@contextmanager
def logged(command: str, words: list[str]) -> Iterator[Entry]:
    """Two lines around a command: `begun`, and `ended` with what the block put into the entry (`exit`, figures)."""
    said: Entry = {}
    head = {"operation": secrets.token_hex(6), "who": who(), "command": command, "words": words}
    start = time.monotonic()
    write({**head, "event": "begun"})
    try:
        yield said
    except BaseException as problem:
        said.setdefault("exit", getattr(problem, "code", None) or 1)
        raise
    finally:
        write({**head, "event": "ended", "ms": round((time.monotonic() - start) * 1000), **said})


def write(entry: Mapping[str, Any]) -> None:
    """One line, whole or not at all (O_APPEND); a disk that takes nothing must not stop an emergency command."""
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **entry}, default=str) + "\n"
    with suppress(OSError):
        path = log_file()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(number, line.encode())
            os.fsync(number)
        finally:
            os.close(number)


def entries() -> list[Entry]:
    """What the log says, oldest first; a line cut off by a crash is left out."""
    found: list[Entry] = []
    with suppress(OSError):
        for line in log_file().read_text(errors="replace").splitlines():
            with suppress(ValueError):
                found.append(json.loads(line))
    return found


def log_file() -> Path:
    return data_dir() / NAME


def data_dir() -> Path:
    """Where the data is, also while the settings cannot be read."""
    said = os.environ.get("DATA_DIR") or dotenv_values(ROOT / ".env", interpolate=False).get("DATA_DIR")
    return ROOT / (said or "data")


def who() -> str:
    """The person behind sudo, if any, at this machine."""
    name = os.environ.get("SUDO_USER", "")
    with suppress(OSError, KeyError):
        name = name or getpass.getuser()
    return f"{name or os.geteuid()}@{socket.gethostname()}"
