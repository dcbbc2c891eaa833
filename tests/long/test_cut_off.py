"""Deploys killed (-9) at moments spread over their whole length: nobody is refused, what is not judged does not stay, and the
next deploy works."""

import os
import signal
import subprocess
import time

import pytest

from superviseme.ops.releases import judgement
from tests.ops.releases.load import Load
from tests.ops.releases.making import BUILT, Site, failed, source_of, until

pytestmark = [pytest.mark.long, pytest.mark.skipif(not BUILT, reason="the static files are not built")]
KILLS = int(os.environ.get("KILLED_DEPLOYS", "20"))


def test_killed_at_any_moment_a_deploy_leaves_a_judged_release(tmp_path, capsys):
    sources = [source_of(tmp_path / f"n{n}", f"1.0.{n}") for n in (1, 2)]
    site = Site(tmp_path)
    after = []
    try:
        site.begin(sources[0])
        start = time.monotonic()
        assert site.deploy(sources[1])[0] == 0
        whole = time.monotonic() - start
        with Load(site.port, clients=2, path="/health", pause=0.03) as load:
            for n in range(KILLS):
                after.append(_killed(site, sources, whole * (n + 0.5) / KILLS))
    finally:
        site.stop()
    with capsys.disabled():
        print(
            f"\ncut off: {KILLS} deploys killed, {after.count('new')} judged, {after.count('old')} not or put back;",
            end=" ",
        )
        print(f"{load.answered} requests, {len(load.failed)} failed")
    assert (load.failed, "old" in after) == ([], True)


def _killed(site, sources, moment):
    """Kill it there; which release stays. The next deploy of the same has to work."""
    was = site.current()
    target = sources[0] if was.startswith("1.0.2") else sources[1]
    command = site.command(target, "deploy", "--without-receipt", "--without-backup", "--json")
    deploy = subprocess.Popen(command, env=site.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deploy.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        os.kill(deploy.pid, signal.SIGKILL)
        deploy.wait()
    unjudged = judgement.standing(site.releases)
    until(lambda: judgement.standing(site.releases) is None, within=15)
    stays = "old" if site.current() == was else "new"
    assert not (unjudged and stays == "new"), "it stays without a judgement"
    code, said = site.deploy(target, "--without-backup")
    assert (code, failed(said)) == (0, []), said
    return stays
