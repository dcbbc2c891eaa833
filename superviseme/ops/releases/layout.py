"""The folder of releases: what is in it, which one is current, and whether each is as it was built."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from superviseme.ops.exits import REFUSED, Stop

MANIFEST = "manifest.json"
BUILDING = ".building-"


@dataclass(frozen=True)
class Release:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.name

    @cached_property
    def manifest(self) -> dict[str, Any]:
        try:
            return dict(json.loads((self.folder / MANIFEST).read_text()))
        except (OSError, ValueError) as problem:
            raise Stop(f"The manifest of release {self.name} cannot be read: {problem}") from None

    @property
    def packages(self) -> Path:
        return self.folder.parent / "packages" / str(self.manifest["packages"])

    @property
    def python(self) -> Path:
        return self.folder / ".venv" / "bin" / "python"

    def runbook(self, *words: str) -> list[str]:
        return [str(self.python), str(self.folder / "runbook"), *words]

    def problems(self) -> list[str]:
        """What differs from the day it was built, by name; [] when it is whole."""
        wrong = differences(self.folder, self.manifest["files"])
        packages = self.packages / MANIFEST
        if not packages.is_file() or digest_of(packages) != self.manifest["packages_manifest"]:
            return [*wrong, f"packages/{self.packages.name}/{MANIFEST}"]
        said = json.loads(packages.read_text())["files"]
        return wrong + [f"packages/{self.packages.name}/{name}" for name in differences(self.packages, said)]


@dataclass(frozen=True)
class Releases:
    folder: Path

    def named(self, name: str) -> Release:
        release = Release(self.folder / name)
        if not (release.folder / MANIFEST).is_file() or "/" in name:
            raise Stop(
                f"There is no release {name}; here are: {', '.join(r.name for r in self.all()) or 'none'}.", REFUSED
            )
        return release

    def all(self) -> list[Release]:
        found = [path.parent for path in self.folder.glob(f"*/{MANIFEST}") if not path.parent.is_symlink()]
        return [Release(path) for path in sorted(found, key=lambda p: p.stat().st_mtime) if path.name[0] != "."]

    @property
    def current(self) -> Release | None:
        return self._linked("current")

    @property
    def previous(self) -> Release | None:
        return self._linked("previous")

    def _linked(self, link: str) -> Release | None:
        try:
            release = Release(self.folder / os.readlink(self.folder / link))
        except OSError:
            return None
        return release if (release.folder / MANIFEST).is_file() else None

    def point(self, link: str, release: Release | None) -> None:
        """The link changes in one step; there is no moment without it."""
        place = self.folder / link
        if release is None:
            place.unlink(missing_ok=True)
            return
        beside = self.folder / f".{link}.{os.getpid()}"
        beside.unlink(missing_ok=True)
        beside.symlink_to(release.name)
        os.replace(beside, place)
        _sync(self.folder)

    def prepare(self, site: Path) -> None:
        """The folder, and the way from it to the site."""
        self.folder.mkdir(parents=True, exist_ok=True)
        link = self.folder / "site"
        if not link.is_symlink() or os.readlink(link) != str(site):
            link.unlink(missing_ok=True)
            link.symlink_to(site)

    def sweep(self) -> int:
        """Remove what a killed build or switch left behind; under the lock only."""
        left = [*self.folder.glob(f"{BUILDING}*"), *self.folder.glob(f"packages/{BUILDING}*")]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
        for link in (file for name in (".current.*", ".previous.*", ".on-trial*") for file in self.folder.glob(name)):
            link.unlink(missing_ok=True)
        return len(left)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One deploy, rollback or build at a time; whoever comes second is refused. A killed holder holds nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "deploy.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Stop("Another deploy or rollback is going on here.", REFUSED) from None
            yield


def hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below, links by where they lead; compiled files and the manifest itself left out."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name == MANIFEST or "__pycache__" in path.parts:
            continue
        if path.is_symlink():
            found[name] = f"-> {os.readlink(path)}"
        elif path.is_file():
            found[name] = digest_of(path)
    return found


def differences(folder: Path, expected: dict[str, str]) -> list[str]:
    found = hashes(folder)
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, **facts: Any) -> None:
    text = json.dumps({**facts, "files": hashes(folder)}, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n")


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
