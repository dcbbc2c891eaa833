"""The times of a job and the names of its periods: the ISO week or the local date, in the zone of the site.

A period has one name however often its hour occurs: when clocks go back 02:30 comes twice and is one day; when they go
forward it does not come and is made up for at the next valid minute; the year of a week is the ISO year (2026 has 53).
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import islice, takewhile

from cronsim import CronSim

from superviseme.web.time import iso_week, site_zone

MOST_MISSED = 60  # as many are written down; who was away for longer knows it


class Period(StrEnum):
    WEEK = "week"
    DAY = "day"
    MOMENT = "moment"  # several times a day: named by the minute, in UTC


def newest_slot(when: str, moment: datetime) -> datetime:
    """The newest time of the cron expression that is not in the future."""
    return next(_backwards(when, moment))


def missed_slots(when: str, after: datetime, before: datetime) -> list[datetime]:
    """The times between two others, oldest first."""
    times = takewhile(lambda slot: slot > after, (slot for slot in _backwards(when, before) if slot < before))
    return list(islice(times, MOST_MISSED))[::-1]


def next_slot(when: str, moment: datetime) -> datetime:
    return next(iter(CronSim(when, moment.astimezone(site_zone()))))


def name_of(period: Period, slot: datetime) -> str:
    """`2026-W53`, `2026-12-07`, `2026-12-07T09:15Z`."""
    if period == Period.MOMENT:
        return slot.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    local = slot.astimezone(site_zone())
    return iso_week(local) if period == Period.WEEK else local.date().isoformat()


def _backwards(when: str, moment: datetime) -> Iterator[datetime]:
    just_after = moment.astimezone(UTC) + timedelta(microseconds=1)
    return iter(CronSim(when, just_after.astimezone(site_zone()), reverse=True))
