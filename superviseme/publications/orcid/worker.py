"""The job: records that are due are read, one a tick, and failed ones again, ever more slowly."""

import random
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, Q

from superviseme.publications.kinds import Section
from superviseme.publications.models import OrcidSync
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now

from . import client
from .actions import AGAIN, finish_reading, keep_section

log = structlog.get_logger("superviseme.orcid")
AT_ONCE = 1
CUT_OFF = timedelta(minutes=15)
FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS = timedelta(minutes=1), timedelta(hours=6), 10


def read_due_records(fence: Fence = FREE) -> str:
    moment = now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=moment - CUT_OFF)
    due = OrcidSync.objects.filter(free, due_at__lte=moment, person__is_active=True).order_by("due_at", "pk")
    read = 0
    for sync in due[:AT_ONCE]:
        with transaction.atomic():
            fence()
            mine = OrcidSync.objects.filter(free, pk=sync.pk, due_at=sync.due_at)
            claimed = mine.update(claimed_at=moment, attempts=F("attempts") + 1) == 1
        if claimed:
            sync.attempts += 1
            _read(sync, fence)
            read += 1
    return f"{read} read" if read else ""


def _read(sync: OrcidSync, fence: Fence) -> None:
    """Section by section; one that fails leaves what we have of it, and a silent ORCID is not asked for the rest."""
    said: dict[str, Any] = {name: told for name, told in sync.said.items() if name != "problem"}
    failure: client.Failed | None = None
    for section in Section:
        try:
            said[section.value] = {"n": _section(sync, section, fence), "at": now().isoformat()}
        except client.Failed as problem:
            failure = problem
            said[section.value] = {**said.get(section.value, {}), "problem": str(problem)}
            log.warning("ORCID could not be read.", section=section.value, why=str(problem), attempts=sync.attempts)
            if problem.silent:
                break
        except client.Refused as problem:
            _finish(sync, fence, said={"problem": str(problem)}, pause=None, whole=False)
            return
    _finish(sync, fence, said=said, pause=_pause(sync, failure), whole=failure is None)


def _section(sync: OrcidSync, section: Section, fence: Fence) -> int:
    fence()
    entries = client.fetch(sync.orcid, section)
    failure = None
    if section is Section.WORK and entries:
        try:
            client.add_details(sync.orcid, entries, fence)
        except client.Failed as problem:
            failure = problem
    with transaction.atomic():
        fence()
        kept = keep_section(sync, section, entries, with_details=failure is None)
    if failure:
        raise failure
    return kept


def _finish(sync: OrcidSync, fence: Fence, **came_of_it: Any) -> None:
    with transaction.atomic():
        fence()
        finish_reading(sync, **came_of_it)


def _pause(sync: OrcidSync, failure: client.Failed | None) -> timedelta | None:
    if failure is None:
        return AGAIN
    if sync.attempts >= MOST_ATTEMPTS:
        return None
    pause = min(FIRST_PAUSE * 2 ** (sync.attempts - 1), LONGEST_PAUSE) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    return max(pause, failure.wait or pause)
