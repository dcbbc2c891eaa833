"""What the clock does about backups, what the administrators see of it, and the copy elsewhere."""

from datetime import timedelta

import pytest

from superviseme.ops.backup import jobs, offsite, place
from superviseme.ops.backup.create import create
from superviseme.ops.backup.verify import verify
from superviseme.ops.checks import Status
from superviseme.ops.probes import backup as probes
from superviseme.web.time import now, simulated
from tests.buckets import a_bucket, object_storage

__all__ = ["a_bucket", "object_storage"]  # fixtures
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def never_tried(settings):
    jobs._tried.clear()
    settings.BACKUP_EVERY = 15


def test_one_is_made_when_the_newest_is_old(filled):
    said = [jobs.back_up() != "" for _ in range(2)]
    with simulated(now() + timedelta(minutes=16)):
        said.append(jobs.back_up() != "")
    assert (said, len(place.folders())) == ([True, False, True], 2)


def test_none_is_made_where_none_is_wanted(filled, settings):
    settings.BACKUP_EVERY = 0
    assert (jobs.back_up(), place.folders()) == ("", [])


def test_every_night_one_is_restored(filled):
    made = create()
    assert (jobs.try_one(), place.verified(place.named(made.id)).deep_at != "") == (
        f"{made.id} restored beside and compared",
        True,
    )


def test_copied_away_it_comes_back_whole(filled, settings, a_bucket, tmp_path):
    settings.BACKUP_S3 = a_bucket("backups")
    made = create()
    first, second = offsite.copy(place.named(made.id)), offsite.copy(place.named(made.id))
    place.remove(place.named(made.id))
    back = offsite.fetch(made.id, place.root())
    assert (first != second, second, offsite.listed(), verify(back).id) == (
        True,
        "0 bytes copied away",
        [made.id],
        made.id,
    )


def test_the_doctor_knows_how_old_the_newest_good_one_is(filled):
    def fresh():
        return probes._fresh().status

    said = [fresh()]
    create()
    said.append(fresh())
    with simulated(now() + timedelta(minutes=31)):
        said.append(fresh())
    place.note_damaged(place.folders()[0])
    assert [*said, fresh()] == [Status.REFUSED, Status.OK, Status.REFUSED, Status.REFUSED]
