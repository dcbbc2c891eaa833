"""A second copy elsewhere: an S3 bucket that the site may write to. Files lie there once, under their checksum."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from superviseme.ops.exits import Stop
from superviseme.web.buckets import Bucket, problems

from . import disk, manifest, place

Fence = Callable[[], None]


def bucket() -> Bucket | None:
    found = settings.BACKUP_S3
    return Bucket(**found) if found["name"] else None


def copy(folder: Path, fence: Fence = lambda: None) -> str:
    """Every part, the manifest last: what has a manifest there is whole. Says what was sent, "" when there is no bucket."""
    there = bucket()
    if there is None:
        return ""
    sent = 0
    with problems("The backup could not be copied away"):
        for key, file in _pieces(folder):
            fence()
            if there.size(key) != file.stat().st_size:
                there.put(key, file)
                sent += file.stat().st_size
    return f"{sent} bytes copied away"


def fetch(number: str, into: Path) -> Path:
    """A backup out of the bucket, into BACKUP_DIR; it still has to be verified."""
    there = bucket()
    if there is None:
        raise Stop("BACKUP_S3_BUCKET is not set, so there is no copy elsewhere.")
    final, folder = into / number, disk.folder(into / f"{place.MAKING}{number}")
    with problems(f"{number} could not be fetched"):
        for name in (manifest.NAME, manifest.SUM):
            there.get(f"{number}/{name}", folder / name)
        found = manifest.read(folder)
        for part in found.parts:
            there.get(f"{number}/{part.name}", folder / part.name)
        for blob in manifest.blobs_of(folder):
            file = manifest.place_of(folder, blob, encrypted=bool(found.encrypted_to))
            disk.folder(file.parent)
            there.get(_key_of(file.name, blob.kept_sha256), file)
    for file in folder.rglob("*"):
        file.chmod(0o700 if file.is_dir() else 0o600)
    shutil.rmtree(final, ignore_errors=True)
    os.replace(folder, final)
    return final


def _pieces(folder: Path) -> Iterator[tuple[str, Path]]:
    found = manifest.read(folder)
    for blob in manifest.blobs_of(folder):
        file = manifest.place_of(folder, blob, encrypted=bool(found.encrypted_to))
        yield _key_of(file.name, blob.kept_sha256), file
    for part in found.parts:
        yield f"{folder.name}/{part.name}", folder / part.name
    for name in (manifest.SUM, manifest.NAME):
        yield f"{folder.name}/{name}", folder / name


def _key_of(name: str, kept_sha256: str) -> str:
    """Encrypted twice, a file has two checksums and is two objects."""
    return f"files/{kept_sha256[:2]}/{kept_sha256}{Path(name).suffix}"


def listed() -> list[str]:
    """What lies there whole, newest first."""
    there = bucket()
    names: list[Any] = []
    with problems("The bucket could not be read"):
        names = list(there.keys(ending=f"/{manifest.NAME}")) if there else []
    return sorted((key.partition("/")[0] for key in names), reverse=True)
