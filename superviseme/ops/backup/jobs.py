"""What the clock does: a backup when the newest is older than BACKUP_EVERY, and every night one is really restored."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings

from superviseme.ops.restore.kept import prune_kept
from superviseme.web.time import now

from . import offsite, place, rotate, seal
from .create import create
from .verify import verify

Fence = Callable[[], None]
_tried: list[datetime] = []  # one that failed is not tried again at every tick


def every() -> timedelta:
    return timedelta(minutes=settings.BACKUP_EVERY)


def back_up(fence: Fence = lambda: None) -> str:
    """Made, copied away, then older ones removed; "" while the newest is young enough."""
    if not every() or _is_young(newest()) or _is_young(_tried[-1] if _tried else None):
        return ""
    _tried[:] = [now()]
    made = create(fence)
    fence()
    away = offsite.copy(place.named(made.id), fence)
    removed = rotate.prune()
    prune_kept()
    said = [f"{made.id}, {made.size} bytes", f"{len(removed)} older removed" if removed else "", away]
    return "; ".join(part for part in said if part)


def try_one(fence: Fence = lambda: None) -> str:
    """The newest good one, restored beside and compared; an encrypted one without its key is only read."""
    good = place.latest_good()
    if good is None:
        return ""
    folder, found, _ = good
    deep = not found.encrypted_to or seal.has_identity()
    verify(folder, deep=deep, fence=fence)
    return f"{folder.name} {'restored beside and compared' if deep else 'read to the last byte'}"


def newest() -> datetime | None:
    found = place.folders()
    return rotate.moment_of(found[0].name) if found else None


def _is_young(moment: datetime | None) -> bool:
    return moment is not None and now() - moment < every()
