"""What a backup is, in one file that is hashed itself. It never holds a secret, only fingerprints of keys."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from superviseme.ops.exits import Stop

from . import disk
from .contents import Contents

NAME, SUM, LIST = "manifest.json", "manifest.sha256", "files.txt"
FORMAT = 1


@dataclass(frozen=True)
class Part:
    """A file of the backup as it lies there."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Blob:
    """An uploaded file: what it is, and how it lies in the backup (not the same when encrypted)."""

    sha256: str
    size: int
    kept_sha256: str
    kept_size: int


@dataclass(frozen=True)
class Manifest:
    id: str
    made_at: str
    release: str
    commit: str
    site: str
    site_name: str
    engine: str
    engine_version: str
    people: int
    applied: list[str]
    tables: Contents
    parts: list[Part]
    files: dict[str, int]  # count and bytes
    missing: list[str]  # files that rows of the site named and nobody had
    keys: dict[str, str]
    encrypted_to: str = ""
    format: int = FORMAT
    heads: dict[str, str] = field(default_factory=dict)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts) + self.files["bytes"]


def write(folder: Path, manifest: Manifest) -> None:
    said = json.dumps(asdict(manifest), indent=1, sort_keys=True, ensure_ascii=False).encode()
    disk.write(folder / NAME, said)
    disk.write(folder / SUM, f"{hashlib.sha256(said).hexdigest()}  {NAME}\n".encode())


def list_of(blobs: list[Blob]) -> bytes:
    lines = (f"{b.sha256} {b.size} {b.kept_sha256} {b.kept_size}\n" for b in blobs)
    return "".join(lines).encode()


def read(folder: Path) -> Manifest:
    """As it was written, or a Stop that says what is wrong with it."""
    try:
        said, expected = (folder / NAME).read_bytes(), (folder / SUM).read_bytes()
    except OSError as problem:
        raise Stop(f"{folder.name}: its manifest cannot be read ({problem.strerror}).") from None
    if expected != f"{hashlib.sha256(said).hexdigest()}  {NAME}\n".encode():
        raise Stop(f"{folder.name}: {NAME} is not what was written.")
    found: dict[str, Any] = json.loads(said)
    if found.get("format") != FORMAT:
        raise Stop(f"{folder.name}: made by another kind of release ({found.get('release')}), which has to read it.")
    return Manifest(**{**found, "parts": [Part(**part) for part in found["parts"]]})


def blobs_of(folder: Path) -> list[Blob]:
    lines = [line.split() for line in (folder / LIST).read_text().splitlines()]
    return [Blob(sha256, int(size), kept, int(kept_size)) for sha256, size, kept, kept_size in lines]


def place_of(folder: Path, blob: Blob | str, *, encrypted: bool) -> Path:
    sha256 = blob if isinstance(blob, str) else blob.sha256
    return folder / "files" / sha256[:2] / sha256[2:4] / (sha256 + (".age" if encrypted else ""))


def newest_of_each(applied: list[str]) -> dict[str, str]:
    """The newest migration of every app."""
    return {app: name for app, _, name in (one.partition(".") for one in applied)}
