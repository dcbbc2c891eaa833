"""The bytes of files: kept once under their SHA-256, written beside, synced, then renamed into place.

Bytes come before their row: a transaction that fails leaves at most an object nobody names, never half of one.
Whatever nothing names (named.py) is removed after a day (sweep.py).
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from superviseme.web.answers import Busy

from .kinds import Checked
from .places import Disk, place

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Stored:
    """A file whose bytes are safe: what a version row needs to know."""

    sha256: str
    size: int
    content_type: str
    filename: str


class NoRoom(Busy):
    """The bytes cannot be written: a full or read-only disk."""

    words = _(
        "There is no room for files at the moment. Nothing was saved; the administrators have to make room first."
    )


class Missing(Busy):
    """A row names bytes that are not on this machine's disk."""

    words = _("This file is listed, but its content cannot be found. Tell the administrators.")


def keep(checked: Checked) -> Stored:
    """Store the bytes of a checked upload; the same bytes are stored once."""
    digest, size = _write(checked.chunks())
    return Stored(digest, size, checked.content_type, checked.filename)


def open_bytes(sha256: str) -> IO[bytes]:
    try:
        return place().open(sha256)
    except OSError as problem:
        log.error("The bytes %s cannot be read: %s", sha256, problem.strerror or problem)
        raise Missing from problem


def size_of(sha256: str) -> int | None:
    """How many bytes lie under this name; None when there is nothing."""
    return place().size(sha256)


def has(sha256: str, size: int) -> bool:
    return size_of(sha256) == size


def put_back(sha256: str, chunks: Iterable[bytes]) -> None:
    """Bytes out of a backup, under the name they had; others than those are refused by their checksum."""
    _write(chunks, wanted=sha256)


def path_of(sha256: str) -> Path:
    """Where they lie on the disk, when they do not lie in a bucket."""
    return Disk().path(sha256)


def _write(chunks: Iterable[bytes], *, wanted: str = "") -> tuple[str, int]:
    """Missing when they are not what was wanted; then nothing of them stays, and nothing that lay there goes."""
    digest, size = hashlib.sha256(), 0
    try:
        with _beside() as (name, out):
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
            if wanted and digest.hexdigest() != wanted:
                raise Missing
            place().settle(name, digest.hexdigest())
    except OSError as problem:
        log.error("A file could not be kept: %s", problem.strerror or problem)
        raise NoRoom from problem
    return digest.hexdigest(), size


@contextmanager
def _beside() -> Iterator[tuple[Path, Any]]:
    """A temporary file on the same disk, gone afterwards unless it was renamed."""
    folder = Path(settings.FILES_DIR) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            yield Path(name), out
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)
