"""Short storms, in every run: nothing acknowledged is lost, nothing is half, and 503 is the only server error."""

import os
import shutil

import pytest
from django.db import connection

from . import storms
from .site import ROOT

BUILT = (ROOT / "build" / "static" / "staticfiles.json").is_file()
ON_POSTGRESQL = bool(os.environ.get("TEST_DATABASE_URL"))
KILLS, RESTARTS, UPLOADS = 12, 4, 30

pytestmark = pytest.mark.skipif(not BUILT, reason="the static files are not built")


@pytest.mark.skipif(ON_POSTGRESQL, reason="once is enough: told apart below")
def test_web_processes_killed_while_people_write_lose_nothing_on_sqlite(site):
    here = site()
    here.start()
    storm = storms.kill_web(here, KILLS)
    print(storm)
    assert storm.went_well, storm


@pytest.mark.skipif(not ON_POSTGRESQL, reason="a PostgreSQL of its own is killed from the suite on PostgreSQL")
def test_a_database_that_restarts_and_web_processes_killed_lose_nothing_on_postgresql(site, database):
    here = site(database=database.address)
    here.start()
    for storm in (storms.restart_database(here, database, RESTARTS), storms.kill_web(here, KILLS)):
        print(storm)
        assert storm.went_well, storm


@pytest.mark.skipif(not ON_POSTGRESQL, reason="a file does not stop")
def test_health_says_within_three_seconds_that_the_database_is_gone_and_within_five_that_it_is_back(site, database):
    here = site(database=database.address)
    here.start()
    processes = {one.pid for one in here.workers()}
    gone = storms.stop_database(here, database)
    print(gone)
    assert (gone.alive, gone.noticed < 3, gone.back < 5) == (200, True, True), gone
    assert processes - {one.pid for one in here.workers()} == set()  # nobody had to be started again


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs root to mount a small disk")
@pytest.mark.skipif(ON_POSTGRESQL, reason="the bytes are the same on every database")
def test_a_full_disk_refuses_uploads_and_keeps_no_halves(small_disk, site):
    here = site()
    here.start()
    statuses, halves = storms.fill_disk(here, small_disk, UPLOADS)
    print(statuses, halves)
    assert (set(statuses), halves) == ({302, 503}, storms.NO_HALVES), statuses
    assert [storms.page_while_full(here), storms.alive(here)] == [200, 200]


def test_both_suites_together_cover_both_databases():
    """Whoever runs only one of them is told by the skips above."""
    assert connection.vendor == ("postgresql" if ON_POSTGRESQL else "sqlite")
