"""People who press at the same moment: threads with connections of their own, on a real file or a real server."""

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection, connections

WAIT = 30


def race(folder: Path, *calls: Callable[[], Any]) -> list[Any]:
    """What each call returned or raised. Needs a committed database (`transactional_db`).

    SQLite's tests live in memory, where nobody waits for anybody; they are copied to a file for the race and back.
    """
    if connection.vendor != "sqlite":
        return _run(calls)
    path = folder / "race.sqlite3"
    memory = connection.connection
    _copy(memory, path)
    settings = connections.settings["default"]
    name, settings["NAME"] = settings["NAME"], str(path)
    try:
        results = _run(calls)
    finally:
        settings["NAME"] = name
    with sqlite3.connect(path) as raced:
        raced.backup(memory)
    return results


def _run(calls: tuple[Callable[[], Any], ...]) -> list[Any]:
    results: list[Any] = [None] * len(calls)
    line = threading.Barrier(len(calls))

    def go(index: int, call: Callable[[], Any]) -> None:
        try:
            line.wait(WAIT)
            results[index] = call()
        except Exception as refused:  # what was raised is what came of it
            results[index] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT * 2)
    return results


def _copy(memory: sqlite3.Connection, path: Path) -> None:
    target = sqlite3.connect(path)
    memory.backup(target)
    target.close()
