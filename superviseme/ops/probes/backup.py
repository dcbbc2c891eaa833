"""Backups: that there is a good one, how old it is, and where it lies."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from superviseme.ops.backup import place
from superviseme.ops.backup.jobs import every
from superviseme.ops.backup.rotate import rules
from superviseme.ops.checks import Finding, Probe, Status
from superviseme.web.time import now

RESTORED_WITHIN = timedelta(days=2)
NEWEST = "./runbook backup create"


def age() -> timedelta | None:
    """Of the newest verified backup; None when there is none."""
    good = place.latest_good()
    return now() - good[1].moment if good else None


def words(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return (
        f"{minutes} min" if minutes < 120 else f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // 1440} days"
    )


def _fresh() -> Finding:
    found = age()
    if found is None:
        return Finding(Status.REFUSED, "there is no verified backup", NEWEST)
    allowed = 2 * (every() or timedelta(days=1))
    return Finding(Status.OK if found <= allowed else Status.REFUSED, f"{words(found)} old", NEWEST)


def _whole() -> Finding:
    damaged = [folder.name for folder in place.folders()[:20] if place.is_damaged(folder)]
    if damaged:
        return Finding(Status.FAILED, f"{len(damaged)} are damaged: {damaged[0]}", NEWEST)
    unread = [folder.name for folder in place.folders()[:20] if place.verified(folder) is None]
    if unread:
        return Finding(Status.WARNING, f"{len(unread)} were not verified: {unread[0]}", "./runbook backup verify --all")
    return Finding(measured=f"{len(place.folders())} backups")


def _restored() -> Finding:
    deep = [note.deep_at for folder in place.folders() if (note := place.verified(folder)) and note.deep_at]
    if not deep:
        return Finding(Status.WARNING, "none was ever restored beside", "./runbook backup verify --deep")
    span = now() - datetime.fromisoformat(max(deep))
    return Finding(Status.OK if span < RESTORED_WITHIN else Status.WARNING, f"{words(span)} ago")


def _apart() -> Finding:
    try:
        same = os.stat(_there(place.root())).st_dev == os.stat(_there(Path(settings.DATA_DIR))).st_dev
    except OSError as problem:
        return Finding(Status.FAILED, problem.strerror or "")
    alone = same and settings.SITE_MODE == "production" and not settings.BACKUP_S3["name"]
    return Finding(Status.WARNING if alone else Status.OK, "on the disk of the data" if same else "on another disk")


def _there(path: Path) -> Path:
    return next(one for one in (path, *path.parents) if one.exists())


def _room() -> Finding:
    free = shutil.disk_usage(_there(place.root())).free
    good = place.latest_good()
    wanted = 2 * good[1].size if good else 0
    return Finding(Status.OK if free > wanted else Status.FAILED, f"{free >> 20} MB free")


def _kept() -> Finding:
    return Finding(measured=f"{len(rules(settings.BACKUP_KEEP))} rules")  # a rule that cannot be read is a refusal


PROBES: tuple[Probe, ...] = (
    Probe(
        "backup.fresh",
        "2.2",
        "a verified backup is young enough",
        _fresh,
        "The scheduler does not run, or the last backups failed.",
        NEWEST,
    ),
    Probe(
        "backup.read",
        "6.4",
        "every backup was read to the last byte",
        _whole,
        "One was damaged, or copied here by hand.",
        "./runbook backup verify --all",
    ),
    Probe(
        "backup.restored",
        "6.4",
        "one was really restored within two days",
        _restored,
        "The nightly job «backup check» did not run or failed.",
        "./runbook backup verify --deep",
    ),
    Probe(
        "backup.apart",
        "6.3",
        "in production, backups lie on another disk than the data or are copied elsewhere",
        _apart,
        "BACKUP_DIR is in DATA_DIR by default.",
        "set BACKUP_DIR to another disk, or BACKUP_S3_BUCKET to a copy elsewhere",
    ),
    Probe(
        "backup.rules",
        "6.3",
        "BACKUP_KEEP says which ones are kept",
        _kept,
        "A rule was mistyped: nothing is removed until it can be read.",
        "BACKUP_KEEP as in .env.example",
    ),
    Probe(
        "backup.room",
        "6.3",
        "there is room for two more",
        _room,
        "The disk of BACKUP_DIR is nearly full.",
        "make room, or keep fewer by BACKUP_KEEP",
    ),
)
