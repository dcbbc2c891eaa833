"""Content that no version names: noticed, a day later removed, and never taken from under an upload."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from superviseme.ops.purge.actions import purge_deleted
from superviseme.web.time import now, simulated
from superviseme.workspaces.files import actions, storage, sweep
from superviseme.workspaces.models import Document

from .test_storage import checked, objects

DAY = timedelta(hours=25)


@pytest.fixture
def kept(settings: Any, workspace: Any, alice: Any) -> Path:
    """Where the bytes of the only file lie; it was deleted 31 days ago."""
    stored = storage.keep(checked())
    document = actions.add_file(workspace, stored=stored, title="Draft", by=alice)
    actions.delete_document(document, by=alice)
    return storage.path_of(stored.sha256)


def after(days: float) -> list[int]:
    """How many a sweep removes at these and the next day."""
    found = []
    for more in (0, 1.1):
        with simulated(now() + timedelta(days=days + more)):
            purge_deleted()
            found.append(sweep.sweep())
    return found


def test_content_goes_a_day_after_the_purge(kept: Path, settings: Any) -> None:
    assert (after(29), kept.exists()) == ([0, 0], True)
    assert (after(31), kept.exists(), objects(settings.FILES_DIR)) == ([0, 1], False, [])


def test_content_that_another_file_names_stays(kept: Path, workspace: Any, bob: Any) -> None:
    actions.add_file(workspace, stored=storage.keep(checked()), title="The same elsewhere", by=bob)
    assert (after(31), Document.objects.count(), kept.exists()) == ([0, 0], 1, True)


def test_content_uploaded_again_meanwhile_stays(kept: Path, workspace: Any, alice: Any, settings: Any) -> None:
    with simulated(now() + timedelta(days=31)):
        purge_deleted()
        sweep.sweep()
    stored = storage.keep(checked())
    actions.add_file(workspace, stored=stored, title="Again", by=alice)

    with simulated(now() + timedelta(days=40)):
        assert sweep.sweep() == 0
    assert objects(settings.FILES_DIR) == [str(kept.relative_to(settings.FILES_DIR))]


def test_an_upload_whose_row_is_not_there_yet_is_left_alone(workspace: Any) -> None:
    place = storage.path_of(storage.keep(checked()).sha256)
    sweep.sweep()
    assert (sweep.sweep(), place.exists()) == (0, True)


def test_what_an_upload_found_a_moment_ago_is_put_back(kept: Path) -> None:
    """Touched between the look and the removal."""
    with simulated(now() + timedelta(days=31)):
        purge_deleted()
        sweep.sweep()
    storage.keep(checked())

    assert (sweep._remove(kept, sweep._mark(kept.name)), kept.exists()) == (False, True)


def test_after_a_power_cut_what_was_put_aside_goes_back(kept: Path, workspace: Any, alice: Any) -> None:
    sweep.sweep()
    (kept.parents[2] / "unnamed").mkdir(exist_ok=True)
    aside = kept.rename(kept.parents[2] / "unnamed" / f"{kept.name}.leaving")

    sweep.sweep()

    assert (kept.exists(), aside.exists()) == (True, False)


def test_half_an_upload_is_cleared_away_after_a_day(settings: Any, workspace: Any) -> None:
    half = settings.FILES_DIR / "incoming" / "tmp1"
    half.parent.mkdir(parents=True)
    half.touch()

    sweep.sweep()
    still_there = half.exists()
    with simulated(now() + DAY):
        sweep.sweep()

    assert (still_there, half.exists()) == (True, False)


def test_without_any_workspace_it_is_the_database_that_is_missing(settings: Any, db: None) -> None:
    place = storage.path_of(storage.keep(checked()).sha256)
    for days in (2, 4):
        with simulated(now() + timedelta(days=days)):
            sweep.sweep()

    assert place.exists()
