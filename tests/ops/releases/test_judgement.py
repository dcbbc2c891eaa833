"""A deploy that is cut off leaves a mark, and what is not judged does not stay."""

import json

import pytest

from superviseme.ops.exits import Stop
from superviseme.ops.releases import judgement
from superviseme.ops.releases.keeper import Keeper
from superviseme.ops.releases.layout import Releases


@pytest.fixture
def releases(tmp_path):
    """`a` served before `b`, and `c` has just been made current."""
    found = Releases(tmp_path / "releases")
    for name in "abc":
        (found.folder / name).mkdir(parents=True)
        (found.folder / name / "manifest.json").write_text(json.dumps({"files": {}}))
    a, b, c = (found.named(name) for name in "abc")
    found.point("current", b)
    found.point("previous", a)
    judgement.begin(found, c, was=b, before=a, why_not="")
    found.point("previous", b)
    found.point("current", c)
    return found


def links(releases):
    return releases.current.name, releases.previous.name


def test_an_unjudged_release_goes_and_everything_is_as_before(releases):
    assert judgement.put_back(releases).release == "c"
    assert links(releases) == ("b", "a")
    assert judgement.put_back(releases) is None


@pytest.mark.parametrize("current", ["b", "c"])
def test_wherever_it_was_cut_off(releases, current):
    releases.point("current", releases.named(current))
    judgement.put_back(releases)
    assert links(releases) == ("b", "a")


def test_a_keeper_puts_back_what_nobody_judges(releases):
    judgement.put_back_when_abandoned(releases)
    assert links(releases) == ("b", "a")


def test_a_keeper_waits_while_a_deploy_judges(releases):
    with releases.locked():
        judgement.put_back_when_abandoned(releases)
    assert links(releases) == ("c", "b")


def test_what_does_not_fit_the_database_is_not_put_back(releases):
    b, c = releases.named("b"), releases.named("c")
    judgement.begin(releases, c, was=b, before=None, why_not="a column is gone")
    judgement.put_back_when_abandoned(releases)
    assert links(releases) == ("c", "b")


def test_a_mark_that_is_no_mark_means_nothing(releases):
    (releases.folder / judgement.MARK).write_text("{")
    judgement.put_back_when_abandoned(releases)
    assert links(releases) == ("c", "b")


def test_the_keeper_looks_after_it_before_it_looks_at_the_links(releases):
    keeper = Keeper(releases, ("web",))
    keeper.serves = keeper.refused = ("b", 0.0)
    (releases.folder / "serving").mkdir()
    keeper._look()
    assert links(releases) == ("b", "a")


def test_a_release_before_that_is_gone_is_said_and_not_put_back(releases):
    (releases.folder / "b" / "manifest.json").unlink()
    with pytest.raises(Stop):
        judgement.put_back(releases)
