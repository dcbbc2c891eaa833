"""The storms themselves, with a count each: short in every test run, long with --long."""

import itertools
import os
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import requests

from .postgres import Database
from .site import Site
from .writing import NOTHING, Writers, lost_and_halved, writers

SEED = 20261125


@dataclass(frozen=True)
class Storm:
    """How it went: what was broken how often, what people got, and what is missing afterwards."""

    broken: int
    acknowledged: int
    statuses: Counter
    missing: dict
    server_errors: set

    def __str__(self) -> str:
        return f"{self.broken} times broken, {self.acknowledged} writes acknowledged, {dict(self.statuses)}, {self.missing}"

    @property
    def went_well(self) -> bool:
        """Something was written, nothing of it is missing, and 503 is the only server error."""
        return self.acknowledged > 0 and self.missing == NOTHING and self.server_errors <= {503}


def _told(site: Site, times: int, done: Writers) -> Storm:
    return Storm(times, len(done.acknowledged), done.statuses, lost_and_halved(site, done), done.server_errors())


def kill_web(site: Site, times: int) -> Storm:
    """kill -9 of a worker at a random moment of a request; every tenth time of the whole role."""
    chance = random.Random(SEED)
    with writers(site) as done:
        for number in range(times):
            time.sleep(chance.uniform(0, 0.3))
            if number % 10 == 9:
                site.kill()
                site.start()
            else:
                _kill_a_worker(site, chance)
            _until_written(done)
    return _told(site, times, done)


def _kill_a_worker(site: Site, chance: random.Random) -> None:
    deadline = time.monotonic() + 10
    while not (found := site.workers()) and time.monotonic() < deadline:
        time.sleep(0.02)
    chance.choice(found).kill()


def restart_database(site: Site, database: Database, times: int) -> Storm:
    """Alternately as an administrator restarts it and as a crash does, while people write."""
    chance = random.Random(SEED)
    with writers(site) as done:
        for number in range(times):
            time.sleep(chance.uniform(0, 0.5))
            database.restart(crash=bool(number % 2))
            _until_written(done)
    return _told(site, times, done)


@dataclass(frozen=True)
class Gone:
    """A database that is stopped and started: seconds until /health said so, whether we lived, seconds until it was well."""

    noticed: float
    alive: int
    back: float


def stop_database(site: Site, database: Database) -> Gone:
    database.stop()
    noticed = _seconds_until(site, 503)
    living = alive(site)
    database.start()
    return Gone(noticed, living, _seconds_until(site, 200))


def _seconds_until(site: Site, status: int) -> float:
    start = time.monotonic()
    while requests.get(f"{site.url}/health", timeout=30).status_code != status:
        assert time.monotonic() - start < 60, f"/health never answers {status}"
        time.sleep(0.02)
    return time.monotonic() - start


def _until_written(done: Writers, patience: float = 30) -> None:
    """Somebody gets through again without anything being restarted by hand."""
    before, deadline = len(done.acknowledged), time.monotonic() + patience
    while len(done.acknowledged) == before:
        assert time.monotonic() < deadline, f"nobody gets through again: {done.statuses}"
        time.sleep(0.02)


def fill_disk(site: Site, files: Path, uploads: int) -> tuple[Counter, dict]:
    """Uploads of a quarter to one megabyte until long after the disk of `files` is full. -> statuses, what is half."""
    chance, browser, statuses = random.Random(SEED), site.browser(), Counter()
    for number in range(uploads):
        text = os.urandom(chance.randint(130_000, 500_000)).hex().encode()
        answer = browser.post(
            site.address("files"),
            files={"files": (f"notes-{number}.txt", text, "text/plain")},
            data={"title": f"Notes {number}"},
            timeout=60,
            allow_redirects=False,
        )
        statuses[answer.status_code] += 1
    named = set(itertools.chain.from_iterable(site.ask(NAMED)))
    there = {path.name for path in files.glob("??/??/*")}
    left = [path.name for path in (files / "incoming").glob("*")]
    halves = {"rows without bytes": named - there, "bytes without rows": there - named, "half written": set(left)}
    return statuses, halves


NO_HALVES: dict = {"rows without bytes": set(), "bytes without rows": set(), "half written": set()}


NAMED = """
from superviseme.workspaces.models import FileVersion
answer = [list(row) for row in FileVersion.objects.values_list("sha256")]
"""


def page_while_full(site: Site) -> int:
    """Reading goes on."""
    return site.browser().get(site.address("files"), timeout=60).status_code


def alive(site: Site) -> int:
    return requests.get(f"{site.url}/health/live", timeout=10).status_code
