"""Reading every byte of a backup; with `deep`, really restoring it beside and comparing what it holds."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from superviseme.ops.exits import REFUSED, Stop

from . import disk, manifest, place, seal
from .facts import Seen, differences
from .manifest import Manifest
from .postgres import Restored
from .sqlite import Copy

Fence = Callable[[], None]
UNLISTED = {manifest.NAME, manifest.SUM}


def verify(folder: Path, *, deep: bool = False, fence: Fence = lambda: None) -> Manifest:
    """The manifest of a backup that is as it was made; noted, so that it counts as good. Else a Stop naming the part."""
    try:
        found = manifest.read(folder)
        refuse_damage(folder, found, fence)
        if deep:
            with place.lock(), scratch(folder, found) as (_, seen):
                refuse_other_contents(found, seen)
    except Stop as stop:
        if stop.code != REFUSED:
            place.note_damaged(folder)
        raise
    place.note_verified(folder, deep=deep)
    return found


def refuse_damage(folder: Path, found: Manifest, fence: Fence = lambda: None) -> None:
    """Every byte of every part and file, and nothing that does not belong."""
    expected = {part.name: (part.sha256, part.size) for part in found.parts}
    for name in expected:
        _compare(folder / name, expected[name], folder)
    encrypted = bool(found.encrypted_to)
    for blob in manifest.blobs_of(folder):
        fence()
        file = manifest.place_of(folder, blob, encrypted=encrypted)
        _compare(file, (blob.kept_sha256, blob.kept_size), folder)
        expected[str(file.relative_to(folder))] = (blob.kept_sha256, blob.kept_size)
    for stray in _files_in(folder):
        if stray not in expected and stray not in UNLISTED:
            raise Stop(f"{folder.name}: {stray} does not belong to it.")


def _compare(file: Path, expected: tuple[str, int], folder: Path) -> None:
    name = file.relative_to(folder)
    try:
        found = disk.sha256_of(file)
    except OSError as problem:
        raise Stop(f"{folder.name}: {name} cannot be read ({problem.strerror}).") from None
    if found[1] != expected[1]:
        raise Stop(f"{folder.name}: {name} has {found[1]} bytes instead of {expected[1]}.")
    if found != expected:
        raise Stop(f"{folder.name}: {name} is not what was written.")


def _files_in(folder: Path) -> Iterator[str]:
    return (str(file.relative_to(folder)) for file in folder.rglob("*") if not file.is_dir())


@contextmanager
def scratch(folder: Path, found: Manifest) -> Iterator[tuple[Copy | Restored, Seen]]:
    """The database of a backup restored beside the live one, and what it holds."""
    engine = place.engine()
    if found.engine != engine.name:
        raise Stop(
            f"{found.id} is of {found.engine}, and this site has {engine.name}: the engine of a backup cannot be changed.",
            REFUSED,
        )
    with tempfile.TemporaryDirectory(prefix=".scratch-", dir=place.root()) as beside:
        with engine.scratch(unsealed(folder, found, Path(beside)), Path(beside)) as restored:
            yield restored, restored.see()


def unsealed(folder: Path, found: Manifest, beside: Path) -> Path:
    """The database's part, decrypted where it has to be."""
    part = folder / found.parts[0].name
    if not found.encrypted_to:
        return part
    plain = beside / part.name.removesuffix(seal.ENDING)
    seal.decrypt(part, plain)
    return plain


def refuse_other_contents(found: Manifest, seen: Seen) -> None:
    others = differences(found.tables, seen.contents)
    if others:
        raise Stop(f"{found.id}: restored, it does not hold what it held: {', '.join(others[:3])}.")
