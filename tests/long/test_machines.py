"""Two machines on one PostgreSQL, and the cable of one is pulled: nobody is told, packets just end."""

import os
import shutil
import subprocess
import sys
import time

import psycopg
import pytest

from tests.faults.network import network
from tests.faults.postgres import Database
from tests.faults.site import ROOT, Site
from tests.faults.test_faults import BUILT

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not BUILT, reason="the static files are not built"),
    pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("ip"), reason="needs root to make networks"),
]
ASK = """
import sys, time, urllib.request, urllib.error
start = time.monotonic()
try:
    status = urllib.request.urlopen(sys.argv[1], timeout=20).status
except urllib.error.HTTPError as refused:
    status = refused.code
print(status, time.monotonic() - start)
"""


class Machine(Site):
    """Web and scheduler, each as a process of its own."""

    def start(self) -> None:
        super().start()
        environment = {**self.env, "ENABLE_SCHEDULER": "true"}
        command = [*self.inside, sys.executable, str(ROOT / "runbook"), "serve", "scheduler"]
        with self.log.open("ab") as log:
            self.scheduler = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def stop(self) -> None:
        self.scheduler.terminate()
        super().stop()
        self.scheduler.wait(timeout=40)

    def says(self, path: str) -> tuple[int, float]:
        """Asked from the machine itself: status and seconds."""
        done = subprocess.run(
            [*self.inside, sys.executable, "-c", ASK, f"{self.url}{path}"], capture_output=True, text=True, timeout=30
        )
        assert done.returncode == 0, done.stderr
        status, seconds = done.stdout.split()
        return int(status), float(seconds)


@pytest.fixture
def two(tmp_path):
    """The network and its two machines, serving; `leader()` is the number of the one whose scheduler leads."""
    machines = []
    with network(2) as cables, Database(f"listen_addresses={cables.here}") as database:
        database.let_in(cables.net)
        address = f"postgresql://superviseme@{cables.here}/postgres"
        try:
            for n in range(2):
                (tmp_path / f"machine{n}").mkdir()
                known = machines[0].known if machines else None
                where = {"host": cables.addresses[n], "inside": cables.inside(n), "known": known}
                machines.append(Machine(tmp_path / f"machine{n}", address, **where, SECRET_KEY="shared" * 10))
                machines[-1].start()
            yield cables, machines, database
        finally:
            for machine in machines:
                machine.stop()


def test_a_machine_that_loses_its_network_says_so_and_the_other_leads(two, capsys):
    cables, machines, database = two
    lost = _until(lambda: _leader(database, machines), 40)[0] - 1
    other = 1 - lost
    cables.pull(lost)
    start = time.monotonic()
    alone = machines[lost].says("/health")
    alive = machines[lost].says("/health/live")
    served = machines[other].says("/health")
    _until(lambda: _leader(database, machines) == other + 1, 60)
    taken = time.monotonic() - start
    cables.plug(lost)
    back = _until(lambda: machines[lost].says("/health")[0] == 200, 30)[1]
    time.sleep(3)
    with capsys.disabled():
        print(
            f"\nmachines: alone {alone[0]} after {alone[1]:.1f} s, other leads after {taken:.1f} s, back {back:.1f} s"
        )
    assert (alone[0], alive[0], served[0]) == (503, 200, 200)
    assert (alone[1] < 3, alive[1] < 1, served[1] < 3, taken < 35, back < 5) == (True,) * 5, (
        alone,
        alive,
        taken,
        back,
    )
    assert _leader(database, machines) == other + 1  # who was away stands by
    assert _twice(database) == []


def _leader(database, machines):
    """1 or 2, 0 while nobody leads."""
    with psycopg.connect(database.address) as asked:
        rows = asked.execute("SELECT holder FROM ops_lease WHERE name = 'scheduler' AND expires_at > now()").fetchall()
    pids = [f"{machine.scheduler.pid}" for machine in machines]
    return next((n + 1 for n, pid in enumerate(pids) for (holder,) in rows if pid in holder), 0)


def _twice(database):
    with psycopg.connect(database.address) as asked:
        return asked.execute("SELECT job, period FROM ops_jobrun GROUP BY 1, 2 HAVING count(*) > 1").fetchall()


def _until(holds, within):
    """What came true, and after how many seconds."""
    start = time.monotonic()
    while time.monotonic() - start < within:
        if found := holds():
            return found, time.monotonic() - start
        time.sleep(0.2)
    raise AssertionError("did not come true in time")
