"""Where bytes lie: on the disk of this machine, or in a bucket that several machines share. The same names in both."""

import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from superviseme.web.buckets import Bucket, problems


class Place(Protocol):
    def size(self, sha256: str) -> int | None:
        """How many bytes lie under this name; None when there is nothing."""

    def open(self, sha256: str) -> IO[bytes]: ...

    def settle(self, file: Path, sha256: str) -> None:
        """A whole file, under its name from now on; OSError when that cannot be."""


def place() -> Place:
    return Objects(Bucket(**settings.S3)) if settings.S3["name"] else Disk()


def key_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


class Disk:
    def path(self, sha256: str) -> Path:
        return Path(settings.FILES_DIR) / key_of(sha256)

    def size(self, sha256: str) -> int | None:
        try:
            return self.path(sha256).stat().st_size
        except OSError:
            return None

    def open(self, sha256: str) -> IO[bytes]:
        return self.path(sha256).open("rb")

    def settle(self, file: Path, sha256: str) -> None:
        """Renamed into place and synced."""
        target = self.path(sha256)
        with suppress(FileNotFoundError):  # also when it is removed just now (sweep.py)
            os.utime(target)  # young again: its row comes next
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class Objects:
    """An upload to a bucket is whole or not there, by the storage's own promise."""

    def __init__(self, bucket: Bucket):
        self.bucket = bucket

    def size(self, sha256: str) -> int | None:
        with problems("The storage of files does not answer"):
            return self.bucket.size(key_of(sha256))

    def open(self, sha256: str) -> IO[bytes]:
        with problems("The storage of files does not answer"):
            return self.bucket.open(key_of(sha256))

    def settle(self, file: Path, sha256: str) -> None:
        """Sent again when it is there already: it is then young again, as on a disk."""
        with problems("The storage of files does not answer"):
            self.bucket.put(key_of(sha256), file)
