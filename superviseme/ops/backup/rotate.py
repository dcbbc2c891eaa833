"""Which backups stay: the newest ones, then one an hour, a day, a week, a month. Only verified ones count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from superviseme.ops.exits import USAGE, Stop
from superviseme.web.time import now

from . import place

DAMAGED_KEPT = timedelta(days=7)  # for whoever wants to know why
PERIODS: dict[str, Callable[[datetime], object]] = {
    "last": lambda moment: moment,
    "hourly": lambda moment: (moment.date(), moment.hour),
    "daily": lambda moment: moment.date(),
    "weekly": lambda moment: moment.isocalendar()[:2],
    "monthly": lambda moment: (moment.year, moment.month),
}


@dataclass(frozen=True)
class One:
    folder: Path
    moment: datetime
    good: bool


def rules(text: str) -> dict[str, int]:
    """`last=12,daily=7` as numbers."""
    found = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, number = part.partition("=")
        if name not in PERIODS or not number.isascii() or not number.isdigit():
            raise Stop(f"«{part}» is no rule for keeping backups: write last=12,hourly=24,daily=14.", USAGE)
        found[name] = int(number)
    return {**found, "last": max(found.get("last", 1), 1)}


def prune(*, keep: str = "", dry: bool = False) -> list[str]:
    """Removes what no rule keeps, and says which. Without one good backup nothing is removed."""
    with place.lock():
        old = to_remove(all_of_them(), rules(keep or settings.BACKUP_KEEP))
        if not dry:
            for one in old:
                place.remove(one.folder)
    return [one.folder.name for one in old]


def all_of_them() -> list[One]:
    return [One(f, moment_of(f.name), place.verified(f) is not None) for f in place.folders()]


def to_remove(found: Iterable[One], kept_by: dict[str, int]) -> list[One]:
    newest_first = sorted(found, key=lambda one: one.moment, reverse=True)
    good = [one for one in newest_first if one.good]
    if not good:
        return []
    kept = {one.folder for name, number in kept_by.items() for one in _one_a_period(good, PERIODS[name], number)}
    return [one for one in newest_first if one.folder not in kept and (one.good or _is_old(one, good[0]))]


def _one_a_period(good: list[One], period: Callable[[datetime], object], number: int) -> list[One]:
    """The newest of each of the newest `number` periods."""
    first: dict[object, One] = {}
    for one in good:
        first.setdefault(period(one.moment), one)
    return list(first.values())[:number]


def _is_old(one: One, newest: One) -> bool:
    return one.moment < newest.moment and now() - one.moment > DAMAGED_KEPT


def moment_of(name: str) -> datetime:
    return datetime.strptime(name[:16], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
