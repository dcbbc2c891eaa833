"""Making one: database and files in a folder beside, every byte read again, then renamed to its name."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import structlog
from django.conf import settings
from django.db import DatabaseError

from superviseme.ops.exits import Stop
from superviseme.ops.identity import site_number
from superviseme.places import RELEASE, ROOT
from superviseme.web.time import now
from superviseme.workspaces.files import storage

from . import disk, manifest, place, seal
from .facts import Seen
from .manifest import Blob, Manifest, Part
from .verify import refuse_damage

log = structlog.get_logger("superviseme.backup")
SPARE = 16 * 1024 * 1024  # bytes that stay free
Fence = Callable[[], None]


def create(fence: Fence = lambda: None, *, patience: float = 0) -> Manifest:
    """A verified backup under its final name, or a Stop and nothing. Waits for another one that is being made for as many
    seconds as `patience` says."""
    with place.lock(patience):
        engine = place.engine()
        if engine.look() is None:
            raise Stop("There is no database to be copied: ./runbook migrate makes one.")
        with suppress(DatabaseError):  # of an older release, that knows no numbers of sites
            site_number()
        refuse_little_room(engine)
        number = place.new_id(release())
        making = disk.folder(place.root() / f"{place.MAKING}{number}")
        try:
            made = _fill(making, number, engine, fence)
            refuse_damage(making, made, fence)
            _settle(making, place.root() / number)
        except (OSError, sqlite3.Error, psycopg.Error) as problem:
            raise Stop(f"The backup could not be written: {getattr(problem, 'strerror', '') or problem}.") from None
        finally:
            shutil.rmtree(making, ignore_errors=True)
        place.note_verified(place.root() / number, deep=False)
    log.info("A backup was made.", backup=number, bytes=made.size)
    return made


def refuse_little_room(engine: place.Engine) -> None:
    """Twice the database: what is packed, and the copy it is packed from."""
    free, wanted = shutil.disk_usage(place.root()).free, 2 * engine.size() + SPARE
    if free < wanted:
        raise Stop(
            f"BACKUP_DIR has room for {free >> 20} MB, and this backup may need {wanted >> 20} MB: make room first."
        )


def _fill(folder: Path, number: str, engine: place.Engine, fence: Fence) -> Manifest:
    moment = now()
    fence()
    packed, seen = engine.dump(folder)
    packed = _sealed(packed)
    fence()
    blobs, missing = _files(folder, seen, fence)
    listed = folder / manifest.LIST
    disk.write(listed, manifest.list_of(blobs))
    parts = [Part(file.name, *disk.sha256_of(file)) for file in (packed, listed)]
    made = Manifest(
        id=number,
        made_at=moment.isoformat(timespec="seconds"),
        release=release(),
        commit=commit(),
        site=seen.site,
        site_name=settings.SITE_NAME,
        engine=engine.name,
        engine_version=engine.version(),
        people=seen.people,
        applied=seen.applied,
        heads=manifest.newest_of_each(seen.applied),
        tables=seen.contents,
        parts=parts,
        files={"count": len(blobs), "bytes": sum(blob.kept_size for blob in blobs)},
        missing=missing,
        keys={"SECRET_KEY": fingerprint(settings.SECRET_KEY)},
        encrypted_to=seal.recipient(),
    )
    manifest.write(folder, made)
    return made


def _sealed(packed: Path) -> Path:
    if seal.recipient():
        sealed = packed.with_name(packed.name + seal.ENDING)
        with packed.open("rb") as plain:
            seal.encrypt(plain, sealed, seal.recipient())
        packed.unlink()
        return sealed
    disk.sync(packed)
    return packed


def _files(folder: Path, seen: Seen, fence: Fence) -> tuple[list[Blob], list[str]]:
    """Every file that a row names: linked from an older backup that has it, else copied and compared on the way."""
    older, found, missing = _older(), [], []
    for sha256, size in seen.files:
        fence()
        target = manifest.place_of(folder, sha256, encrypted=bool(seal.recipient()))
        disk.folder(target.parent)
        blob = _linked(sha256, target, older) or _copied(sha256, size, target)
        (found.append(blob) if blob else missing.append(sha256))
    if missing:
        log.error("Files that rows name are not there.", count=len(missing), first=missing[0])
    return found, missing


Older = list[tuple[Path, dict[str, Blob]]]


def _older() -> Older:
    """The newest good backup that is encrypted to the same key."""
    good = place.latest_good()
    if good is None or good[1].encrypted_to != seal.recipient():
        return []
    return [(good[0], {blob.sha256: blob for blob in manifest.blobs_of(good[0])})]


def _linked(sha256: str, target: Path, older: Older) -> Blob | None:
    """The same bytes on the disk again, when they are still what they were."""
    for folder, blobs in older:
        blob = blobs.get(sha256)
        if blob is None:
            continue
        there = manifest.place_of(folder, blob, encrypted=bool(seal.recipient()))
        try:
            if disk.sha256_of(there) != (blob.kept_sha256, blob.kept_size):
                continue
            os.link(there, target)
        except OSError:
            continue  # another kind of disk, or too many names: copied then
        return blob
    return None


def _copied(sha256: str, size: int, target: Path) -> Blob | None:
    try:
        with storage.open_bytes(sha256) as source:
            if seal.recipient():
                seal.encrypt(source, target, seal.recipient())
            else:
                _copy(source, target)
    except storage.Missing:
        target.unlink(missing_ok=True)
        return None
    kept = disk.sha256_of(target)
    if not seal.recipient() and kept != (sha256, size):
        target.unlink()
        return None
    return Blob(sha256, size, *kept)


def _copy(source: object, target: Path) -> None:
    with disk.private(target) as out:
        shutil.copyfileobj(source, out, disk.CHUNK)  # type: ignore[arg-type, misc]  # an open file


def _settle(making: Path, final: Path) -> None:
    for folder, _, _ in os.walk(making, topdown=False):
        disk.sync(Path(folder))
    os.replace(making, final)
    disk.sync(final.parent)


# --- what made it -----------------------------------------------------------------------------------------------------


def release() -> str:
    if RELEASE:
        return str(_installed()["version"])
    for line in (ROOT / "pyproject.toml").read_text().splitlines():
        if line.startswith("version"):
            return line.split('"')[1]
    return "unknown"


def commit() -> str:
    if RELEASE:
        return str(_installed()["commit"])
    done = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def _installed() -> dict[str, Any]:
    return dict(json.loads(((RELEASE or ROOT) / "manifest.json").read_text()))


def fingerprint(key: str) -> str:
    """Tells whether two keys are the same, and nothing else about them."""
    return hashlib.sha256(b"superviseme key " + key.encode()).hexdigest()[:16]
