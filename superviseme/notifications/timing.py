"""When a person is told: not in their hours of rest, and once a day what they want once a day."""

import datetime as dt
from zoneinfo import ZoneInfo

from .models import Habits

ROUND_THE_CLOCK = Habits()  # what holds without a row


def awake(moment: dt.datetime, habits: Habits, zone: ZoneInfo) -> dt.datetime:
    """`moment`, or the end of the hours of rest it falls into."""
    start, end = habits.quiet_from, habits.quiet_until
    if start is None or end is None or start == end:
        return moment
    local = moment.astimezone(zone)
    resting = start <= local.hour < end if start < end else local.hour >= start or local.hour < end
    return _next(local, end) if resting else moment


def daily(moment: dt.datetime, habits: Habits, zone: ZoneInfo) -> dt.datetime:
    """The next time of the daily letter."""
    return _next(moment.astimezone(zone), habits.daily_hour)


def next_letter(moment: dt.datetime, habits: Habits, zone: ZoneInfo) -> dt.datetime:
    """The next time of the daily letter that is not in hours of rest."""
    return awake(daily(moment, habits, zone), habits, zone)


def _next(local: dt.datetime, hour: int) -> dt.datetime:
    """The next time after `local` that the clock on the wall says `hour`."""
    found = local.replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    if found <= local:
        found = (local + dt.timedelta(days=1)).replace(hour=hour, minute=0, second=0, microsecond=0, fold=0)
    return found.astimezone(dt.UTC)
