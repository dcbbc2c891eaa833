"""Folders that look like backups to whoever does not read their bytes."""

from datetime import datetime
from pathlib import Path

from superviseme.ops.backup import manifest, place
from superviseme.ops.backup.manifest import Manifest, Part


def a_folder(moment: datetime, *, good: bool = True, deep: bool = False, size: int = 2048) -> Path:
    folder = place.root() / f"{moment:%Y%m%dT%H%M%SZ}-1.0.0-000000"
    folder.mkdir(parents=True)
    said = Manifest(
        id=folder.name,
        made_at=moment.isoformat(),
        release="1.0.0",
        commit="",
        site="f" * 16,
        site_name="SuperviseMe",
        engine="sqlite",
        engine_version="3",
        people=3,
        applied=[],
        tables={},
        parts=[Part("database.sqlite3.gz", "0", size)],
        files={"count": 1, "bytes": 10},
        missing=[],
        keys={},
    )
    manifest.write(folder, said)
    if good:
        place.note_verified(folder, deep=deep)
    return folder
