"""What there is, as the list shows it to people and programs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from superviseme.ops.exits import Stop
from superviseme.web.paging import PAGE, Page
from superviseme.web.time import now

from . import manifest, place, rotate
from .manifest import Manifest
from .place import ID, Verified


@dataclass(frozen=True)
class Row:
    id: str
    moment: datetime
    manifest: Manifest | None
    verified: Verified | None
    problem: str = ""
    is_damaged: bool = False

    @property
    def state(self) -> str:
        if self.manifest is None or self.is_damaged:
            return "damaged"
        if self.verified is None:
            return "unread"
        return "proven" if self.verified.deep_at else "read"

    def facts(self) -> dict[str, Any]:
        found, note = self.manifest, self.verified
        return {
            "id": self.id,
            "made_at": self.moment,
            "state": self.state,
            "problem": self.problem,
            "verified_at": note.at if note else "",
            "deep_at": note.deep_at if note else "",
            "release": found.release if found else "",
            "commit": found.commit if found else "",
            "site": found.site if found else "",
            "people": found.people if found else 0,
            "bytes": found.size if found else 0,
            "encrypted": bool(found and found.encrypted_to),
        }


def listing() -> list[Row]:
    """Newest first; one whose manifest is not sound is listed as damaged."""
    return [_row(folder) for folder in place.folders()]


def _row(folder: Any) -> Row:
    moment = rotate.moment_of(folder.name)
    try:
        found = manifest.read(folder)
        return Row(folder.name, moment, found, place.verified(folder), is_damaged=place.is_damaged(folder))
    except Stop as stop:
        return Row(folder.name, moment, None, None, str(stop))


def page(after: str = "") -> Page:
    """One page of them, by name."""
    found = [folder for folder in place.folders() if not ID.fullmatch(after) or folder.name < after]
    older = found[PAGE - 1].name if len(found) > PAGE else ""
    newer = "first" if ID.fullmatch(after) else ""
    return Page(rows=[_row(folder) for folder in found[:PAGE]], newer=newer, older=older)


def last_restored() -> datetime | None:
    """When one was really restored beside last."""
    deep = [note.deep_at for folder in place.folders() if (note := place.verified(folder)) and note.deep_at]
    return datetime.fromisoformat(max(deep)) if deep else None


def is_late(newest: datetime | None, every: timedelta) -> bool:
    return newest is not None and bool(every) and now() - newest > 2 * every
