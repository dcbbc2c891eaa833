"""Times and names of periods, in zones that change their clocks on all kinds of days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from superviseme.ops.periods import Period, missed_slots, name_of, newest_slot, next_slot

MONDAY_REPORT = "0 9 * * 1"
ZONES = [
    "Europe/Rome",
    "UTC",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/Scoresbysund",
]


@pytest.mark.parametrize("zone", ZONES)
def test_each_iso_week_from_2026_to_2030_has_one_monday_report(settings, zone):
    settings.SITE_TIME_ZONE = zone
    seen, moment = {}, datetime(2026, 1, 1, tzinfo=UTC)
    while moment < datetime(2031, 1, 1, tzinfo=UTC):
        slot = newest_slot(MONDAY_REPORT, moment)
        seen.setdefault(name_of(Period.WEEK, slot), set()).add(slot)
        moment += timedelta(hours=11)
    first, last = date(2025, 12, 29), date(2030, 12, 30)
    weeks = [
        "{}-W{:02d}".format(*(first + timedelta(weeks=n)).isocalendar()) for n in range((last - first).days // 7 + 1)
    ]
    print(f"{len(weeks)} weeks in {zone}")
    assert list(seen) == weeks
    assert {(len(slots), *((s.weekday(), s.hour, s.minute) for s in slots)) for slots in seen.values()} == {
        (1, (0, 9, 0))
    }


@pytest.mark.parametrize(
    "moment, week",
    [
        (datetime(2026, 12, 28, 12, tzinfo=UTC), "2026-W53"),
        (datetime(2027, 1, 3, 12, tzinfo=UTC), "2026-W53"),
        (datetime(2027, 1, 4, 12, tzinfo=UTC), "2027-W01"),
        (datetime(2027, 1, 3, 23, 30, tzinfo=UTC), "2027-W01"),  # already Monday in Rome
    ],
)
def test_the_year_of_a_week_is_its_own(moment, week):
    assert name_of(Period.WEEK, moment) == week


def test_a_job_of_many_times_a_day_has_a_name_for_each_even_when_the_clock_goes_back():
    hour, names = datetime(2026, 10, 24, 23, tzinfo=UTC), set()
    for quarters in range(16):
        names.add(name_of(Period.MOMENT, newest_slot("*/15 * * * *", hour + timedelta(minutes=15 * quarters))))
    assert len(names) == 16


def test_the_newest_time_is_not_in_the_future():
    just_before = datetime(2026, 12, 7, 7, 59, 59, 999999, tzinfo=UTC)
    assert newest_slot(MONDAY_REPORT, just_before) == datetime(2026, 11, 30, 8, tzinfo=UTC)
    assert newest_slot(MONDAY_REPORT, just_before + timedelta(microseconds=1)) == datetime(2026, 12, 7, 8, tzinfo=UTC)


def test_missed_times_are_those_between_oldest_first():
    slots = [datetime(2026, 11, day, 8, tzinfo=UTC) for day in (2, 9, 16, 23, 30)]
    assert missed_slots(MONDAY_REPORT, slots[0], slots[-1]) == slots[1:-1]
    assert next_slot(MONDAY_REPORT, slots[0]) == slots[1]
