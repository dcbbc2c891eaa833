"""Long storms: 300 kills of web processes, 50 restarts of a database, 100 uploads to a full disk."""

import os

import pytest

from tests.faults import storms
from tests.faults.conftest import database, site, small_disk

__all__ = ["database", "site", "small_disk"]


def test_300_kills_on_sqlite(site):
    here = site()
    here.start()
    storm = storms.kill_web(here, 300)
    print(storm)
    assert storm.went_well, storm


def test_50_restarts_and_300_kills_on_postgresql(site, database):
    here = site(database=database.address)
    here.start()
    for storm in (storms.restart_database(here, database, 50), storms.kill_web(here, 300)):
        print(storm)
        assert storm.went_well, storm


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small disk")
def test_100_uploads_to_a_full_disk(small_disk, site):
    here = site()
    here.start()
    statuses, halves = storms.fill_disk(here, small_disk, 100)
    print(statuses, halves)
    assert (set(statuses), halves) == ({302, 503}, storms.NO_HALVES)
