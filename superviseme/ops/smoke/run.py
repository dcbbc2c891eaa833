"""One smoke run: old remains away, a cast, the walk, the scheduler, the cast away."""

import fcntl
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count
from django.db.models.functions import Now

from superviseme.ops.checks import Finding, Probe, Report, Status, first_line
from superviseme.ops.exits import REFUSED, USAGE, Stop
from superviseme.ops.maintenance import door
from superviseme.ops.maintenance import state as maintenance
from superviseme.ops.models import JobRun, Lease

from .actions import gather_cast, remove_smoke_people
from .browser import Browser
from .walk import READING, WALKING, Look, Walk, found

WAIT_FOR_ANOTHER = 30


def smoke(report: Report, *, url: str = "", read_only: bool = False) -> int:
    """Section 4 of the runbook, through `url` (else BASE_URL). Returns the exit code."""
    if url and not re.match(r"https?://[^/\s]+", url):
        raise Stop(f"--url is «{url}»; it looks like https://theses.example.edu.", USAGE)
    browser = partial(Browser, url=url or settings.BASE_URL, base_url=settings.BASE_URL, headers=operators_pass())
    _ask(report, READING, Walk(browser))
    if read_only:
        report.say("Only what visitors see was looked at.")
        return report.code
    if report.code == 0:
        with _one_at_a_time():
            _walk(report, browser)
    return report.code


def operators_pass() -> dict[str, str]:
    """What lets the smoke test in while the site is closed for maintenance."""
    standing = maintenance()
    return {door.HEADER: door.passing(standing)} if standing else {}


def _walk(report: Report, browser: Callable[[], Browser]) -> None:
    try:
        left = remove_smoke_people()
        cast = gather_cast()
    except DatabaseError as problem:
        report.note(Probe("smoke.cast", "4.2", "people for the run can be made", Finding), _no_database(problem))
        return
    try:
        _ask(report, WALKING, Walk(browser, cast))
        report.ask(*SCHEDULER)
    finally:
        report.ask(Probe("smoke.clean", "4.4", "nothing of the run is left", partial(_clean, left)))


def _ask(report: Report, looks: tuple[tuple[str, str, str, Look], ...], walk: Walk) -> None:
    report.ask(*(Probe(id, clause, expected, partial(found, look, walk)) for id, clause, expected, look in looks))


def _no_database(problem: DatabaseError) -> Finding:
    fix = "run it where the site's environment is, or with --read-only"
    return Finding(Status.FAILED, first_line(problem), fix)


def _clean(left: int) -> Finding:
    gone = remove_smoke_people()
    return Finding(measured=f"{gone} people removed" + (f", {left} of an earlier run" if left else ""))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A run removes what it finds of others, so two must not overlap."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + WAIT_FOR_ANOTHER
    with (settings.DATA_DIR / "smoke.lock").open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise Stop("Another smoke test is running.", REFUSED) from None
                time.sleep(0.2)
        yield


# --- 4.5 ----------------------------------------------------------------------------------------------------------------


def _one_leader() -> Finding:
    leaders = Lease.objects.filter(name="scheduler", expires_at__gt=Now()).count()
    if leaders == 1:
        return Finding(measured="1 leads")
    return Finding(Status.WARNING, "none leads at the moment", "start ./runbook serve scheduler in one place")


def _nothing_twice() -> Finding:
    twice = JobRun.objects.values("job", "period").annotate(n=Count("pk")).filter(n__gt=1).count()
    runs = JobRun.objects.count()
    return Finding(Status.FAILED if twice else Status.OK, f"{runs} runs in the ledger, {twice} twice")


SCHEDULER = (
    Probe("smoke.one_scheduler", "4.5", "one scheduler leads", _one_leader),
    Probe("smoke.nothing_twice", "4.5", "no job ran twice for one period", _nothing_twice),
)
