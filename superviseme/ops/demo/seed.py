"""Seed the demonstration site, once."""

import datetime as dt
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.notifications.models import Notice
from superviseme.outbox.models import Message
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace

from . import plots
from .cast import account_lines, make_cast, passwords
from .ending import tell_end, tell_files
from .pictures import give_pictures
from .story import Teller, tell_project, tell_thesis, tell_topics

FRESH = dt.timedelta(days=5)


class NotHere(Exception):
    """The demonstration is not wanted here; the message says why."""


def seed_demo() -> list[str]:
    """Fill an empty demonstration site; returns the account lines, also kept in DATA_DIR/demo-accounts.txt (0600)."""
    if settings.SITE_MODE not in ("demo", "test"):
        raise NotHere("Demonstration data is refused: SITE_MODE is not «demo».")
    if Person.objects.exists():
        raise NotHere("This site has people already; demonstration data goes only into an empty one.")
    words = passwords(dict(os.environ))
    with transaction.atomic():
        people = make_cast(words)
        give_pictures(people)
        _tell(Teller(people))
        _settle()
    lines = account_lines(words)
    _keep(lines)
    return lines


def _tell(teller: Teller) -> None:
    tell_topics(teller)
    for number, spec in enumerate(plots.THESES):
        thesis = tell_thesis(teller, spec, number)
        state = spec[5]
        if state in ("submitted", "defended", "completed"):
            tell_end(teller, thesis, state)
        elif state in ("in_progress", "writing", "in_review"):
            tell_files(teller, thesis, silent=spec[6])
    for project in plots.PROJECTS:
        tell_project(teller, project)


def _settle() -> None:
    """Old news is read and mailed long ago; a workspace was active when its last event happened."""
    _sort_notices()
    old = Notice.objects.filter(created_at__lt=now() - FRESH)
    old.update(read_at=F("created_at"), spread_at=F("created_at"))
    Notice.objects.filter(spread_at=None).update(spread_at=F("created_at"))
    Message.objects.filter(state="waiting").update(state="sent", sent_at=F("created_at"))
    for number, last in _last_events():
        Workspace.objects.filter(pk=number).update(active_at=last)


def _sort_notices() -> None:
    """Each story was told to its end before the next; an inbox shows the newest row first."""
    notices = list(Notice.objects.order_by("created_at", "pk"))
    Notice.objects.all().delete()
    for notice in notices:
        notice.pk = None
    Notice.objects.bulk_create(notices)


def _last_events() -> list[tuple[int, dt.datetime]]:
    rows = (
        Event.objects.exclude(workspace_number=None).values_list("workspace_number").annotate(last=Max("at")).order_by()
    )
    return list(rows)


def _keep(lines: list[str]) -> None:
    path = Path(settings.DATA_DIR) / "demo-accounts.txt"
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
