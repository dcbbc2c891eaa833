"""Twenty rollouts while people use the site, a way back within half a minute, a bad release gone within one."""

import os
import time

import pytest

from superviseme.ops.drill.place import WRONG_IN_PUBLIC
from tests.ops.releases.load import Load
from tests.ops.releases.making import BUILT, Site, failed, source_of

pytestmark = [pytest.mark.long, pytest.mark.skipif(not BUILT, reason="the static files are not built")]
DEPLOYS = int(os.environ.get("DEPLOYS", "20"))
REQUESTS = int(os.environ.get("REQUESTS", "100000"))
BACK_WITHIN, BAD_WITHIN = 30, 60  # seconds


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path)
    yield site
    site.stop()


def test_twenty_rollouts_without_a_failed_request(site, tmp_path, capsys):
    sources = [source_of(tmp_path / f"n{n}", f"1.0.{n}") for n in (1, 2)]
    site.begin(sources[0])
    with Load(site.port, clients=6, path="/health") as load:
        for n in range(DEPLOYS):
            code, said = site.deploy(sources[(n + 1) % 2], *(["--without-backup"] if n else []))
            assert (code, failed(said), site.current()[:5]) == (0, [], f"1.0.{(n + 1) % 2 + 1}"), n
        start = time.monotonic()
        code, said = site.run(sources[0], "rollback")
        back = time.monotonic() - start
        assert (code, failed(said)) == (0, [])
        while load.answered < REQUESTS and not load.failed:
            time.sleep(0.2)
    with capsys.disabled():
        print(
            f"\nrolling: {DEPLOYS} rollouts, {load.answered} requests, {len(load.failed)} failed, back in {back:.1f} s"
        )
    assert (load.failed, load.answered >= REQUESTS, back < BACK_WITHIN) == ([], True, True)


def test_a_release_that_is_bad_only_in_public_is_gone_within_a_minute(site, tmp_path, capsys):
    good = source_of(tmp_path / "good", "1.0.1")
    wrong = WRONG_IN_PUBLIC.replace("{port}", str(site.port))
    bad = source_of(tmp_path / "bad", "1.0.2", superviseme__config__wsgi=wrong)
    site.begin(good)
    with Seen(site.port) as seen:
        code, said = site.deploy(bad)
    assert (code, site.current()[:5]) == (1, "1.0.1"), said
    with capsys.disabled():
        print(f"\nbad release: in public for {seen.seconds:.1f} s")
    assert 0 < seen.seconds < BAD_WITHIN


class Seen(Load):
    """How long answers were wrong: from the first to the last that was."""

    def __init__(self, port):
        super().__init__(port, clients=2, path="/health", pause=0.05)
        self.wrong = []

    @property
    def seconds(self):
        return self.wrong[-1] - self.wrong[0] if self.wrong else 0.0

    def _count(self, status, seconds):
        super()._count(status, seconds)
        if status != 200:
            self.wrong.append(time.monotonic())
