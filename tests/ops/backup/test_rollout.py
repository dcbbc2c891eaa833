"""Before a rollout: preflight asks for a backup, and deploy makes one."""

import sys

import pytest

from superviseme.ops import preflight
from superviseme.ops.backup import place
from superviseme.ops.backup.create import create
from superviseme.ops.checks import Report, Status
from superviseme.ops.exits import FAILED, Stop
from superviseme.ops.releases import saving
from superviseme.ops.releases.layout import Release, Releases
from tests.ops.backup.test_restore import wipe

pytestmark = pytest.mark.django_db


@pytest.fixture
def releases(tmp_path):
    (tmp_path / "releases").mkdir()
    return Releases(tmp_path / "releases")


def asked():
    report = Report("preflight", as_json=True)
    report.ask(*(probe for probe in preflight.probes() if probe.id == "backup.fresh"))
    return [(check.clause, check.status) for check in report.checks]


def test_preflight_is_refused_without_a_verified_backup(filled):
    assert asked() == [("2.2", Status.REFUSED)]
    create()
    assert asked() == [("2.2", Status.OK)]


def test_deploy_does_not_ask_for_what_it_makes_itself(filled):
    assert [probe.id for probe in preflight.probes(deploying=True) if probe.id == "backup.fresh"] == []


def test_deploy_makes_one_and_says_which(filled, releases):
    said = saving.save(releases, without=False)
    _, made, _ = place.latest_good()
    assert said == f"{made.id}, {made.size} bytes"


def test_without_one_only_when_asked(filled, releases):
    assert (saving.save(releases, without=True), place.folders()) == ("left out, as asked", [])


def test_a_first_deploy_has_nothing_to_save(own_site, releases, settings):
    wipe(own_site, settings)
    assert saving.save(releases, without=False) == "there is no database yet"


def test_a_release_that_makes_none_stops_the_deploy(filled, releases):
    broken = Release(releases.folder / "1.0.0-abc")
    broken.folder.mkdir()
    (broken.folder / "manifest.json").write_text("{}")
    (broken.folder / ".venv" / "bin").mkdir(parents=True)
    broken.python.symlink_to(sys.executable)
    (broken.folder / "runbook").write_text("raise SystemExit('no such word')")
    releases.point("current", broken)
    with pytest.raises(Stop, match="1.0.0-abc makes none: no such word") as stopped:
        saving.save(releases, without=False)
    assert (stopped.value.code, place.folders()) == (FAILED, [])
