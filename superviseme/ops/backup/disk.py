"""Files that are whole or not there."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

CHUNK = 1024 * 1024


def sync(path: Path) -> None:
    """Until it lies on the disk, a folder too."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sha256_of(path: Path) -> tuple[str, int]:
    """Of every byte, read from the disk; and how many there are."""
    figure, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            figure.update(chunk)
            size += len(chunk)
    return figure.hexdigest(), size


def write(path: Path, content: bytes) -> None:
    """A new private file, synced; then in place of what stood there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with private(beside) as file:
        file.write(content)
    os.replace(beside, path)
    sync(path.parent)


@contextmanager
def private(path: Path) -> Iterator[IO[Any]]:
    """A file for its owner only, synced when it is closed."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def folder(path: Path) -> Path:
    """For its owner only, with every folder that is made on the way."""
    if not path.is_dir():
        folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    return path
