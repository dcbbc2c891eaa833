"""Releases change while people use the site: the short form. tests/long/test_rolling.py has the long one."""

import os

import pytest

from .load import Load
from .making import BUILT, Site, failed, source_of

pytestmark = [
    pytest.mark.skipif(not BUILT, reason="the static files are not built"),
    pytest.mark.skipif("TEST_DATABASE_URL" in os.environ, reason="the database has no part in it"),
]
AT_LEAST = 1000


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.stop()


def test_a_release_comes_and_goes_without_a_failed_request_and_a_broken_one_never_comes(site, tmp_path, capsys):
    one, two = source_of(tmp_path / "one", "1.0.1"), source_of(tmp_path / "two", "1.0.2")
    broken = source_of(tmp_path / "broken", "1.0.3", superviseme__home__urls="raise RuntimeError('no such room')")
    site.begin(one)
    first = site.current()
    with Load(site.port, clients=2, path="/health", pause=0.03) as load:
        code, said = site.deploy(two)
        assert (code, failed(said), site.current()[:5]) == (0, [], "1.0.2")
        assert site.backed_up() == [first]
        code, said = site.deploy(broken, "--without-backup")
        assert (code, [line.split(":")[0] for line in failed(said)]) == (1, ["deploy.side_port"])
        assert ("no such room" in failed(said)[0], site.current()[:5]) == (True, "1.0.2")
        code, said = site.run(two, "rollback")
        assert (code, failed(said), site.current()[:5]) == (0, [], "1.0.1")
    with capsys.disabled():
        print(f"\nrolling: {load.answered} requests over 2 changes and 1 refused, {len(load.failed)} failed")
    assert (load.failed, load.answered >= AT_LEAST) == ([], True)
