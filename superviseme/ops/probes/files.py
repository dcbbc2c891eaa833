"""The bytes of files against the rows that name them."""

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from superviseme.ops.checks import Finding, Probe, Status
from superviseme.workspaces.files.named import all_named
from superviseme.workspaces.files.storage import open_bytes, size_of

from .rows import none_of

GRACE = 48 * 3600  # seconds: an upload under way, a purge just done, a backup that still names it
HALF_WRITTEN = 3600
CHUNK = 1024 * 1024


def _missing() -> Iterator[str]:
    yield from (sha256 for sha256, _ in all_named() if size_of(sha256) is None)


def _resized() -> Iterator[str]:
    yield from (sha256 for sha256, size in all_named() if size_of(sha256) not in (None, size))


def _changed() -> Iterator[str]:
    """Reads every byte."""
    yield from (sha256 for sha256, _ in all_named() if size_of(sha256) is not None and _hash(sha256) != sha256)


def _hash(sha256: str) -> str:
    digest = hashlib.sha256()
    with open_bytes(sha256) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _stored() -> Iterator[Path]:
    yield from Path(settings.FILES_DIR).glob("??/??/*")


def _unnamed() -> Iterator[str]:
    old = time.time() - GRACE
    named = {sha256 for sha256, _ in all_named()}
    yield from (path.name for path in _stored() if path.name not in named and path.stat().st_mtime < old)


def _half_written() -> Iterator[str]:
    old = time.time() - HALF_WRITTEN
    incoming = Path(settings.FILES_DIR) / "incoming"
    yield from (path.name for path in incoming.glob("*") if path.is_file() and path.stat().st_mtime < old)


def _writable() -> Finding:
    folder = Path(settings.FILES_DIR)
    probe = folder / ".doctor"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as problem:
        return Finding(Status.FAILED, problem.strerror or "")
    return Finding()


PROBES: tuple[Probe, ...] = (
    Probe(
        "files.writable",
        "2.4",
        "files can be stored",
        _writable,
        "The folder belongs to another user, or its disk is mounted for reading only.",
        "chown DATA_DIR to the user that serves",
    ),
    none_of(
        "files.there",
        "the bytes of every version and picture are there",
        _missing,
        cause="The folder was copied or restored without some of its files.",
        fix="copy them from a backup: ./runbook backup list",
    ),
    none_of(
        "files.length",
        "the bytes of every version are as many as were uploaded",
        _resized,
        cause="The disk was full or failed while they were copied.",
        fix="copy them from a backup: ./runbook backup list",
    ),
    none_of(
        "files.content",
        "every file has the content it was uploaded with",
        _changed,
        cause="The disk is failing, or somebody wrote into the folder.",
        fix="copy them from a backup: ./runbook backup list",
    ),
    none_of(
        "files.named",
        "no bytes are kept that nothing names",
        _unnamed,
        cause="The sweep after the purge has not run, or files were copied in by hand.",
        fix="./runbook scheduler status says whether the job «purge» runs",
        status=Status.WARNING,
    ),
    none_of(
        "files.whole",
        "no upload was left half written",
        _half_written,
        cause="A web process was killed during an upload.",
        fix="remove them from the folder incoming",
        status=Status.WARNING,
    ),
)
