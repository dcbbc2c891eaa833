"""What day it is: the reader's, or the site's where nobody reads."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from superviseme.web.time import simulated, today

LATE_IN_UTC = dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC)  # half past midnight in Rome


def test_outside_a_request_it_is_the_sites_day(settings):
    settings.SITE_TIME_ZONE = "Europe/Rome"
    with simulated(LATE_IN_UTC):
        assert today() == dt.date(2026, 11, 26)


def test_for_a_reader_it_is_the_readers_day_even_in_utc():
    with simulated(LATE_IN_UTC), timezone.override(ZoneInfo("UTC")):
        assert today() == dt.date(2026, 11, 25)
