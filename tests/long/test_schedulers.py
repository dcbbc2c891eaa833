"""Five scheduler processes on one PostgreSQL, a hundred days in a hundred and fifty seconds, the leader killed now and then."""

import os
import random
import time

import pytest

from tests.ops.killing import laboratory

SCHEDULERS, PERIODS, KILLS = 5, int(os.environ.get("PERIODS", "100")), 10
DAY = 1.5  # seconds
WORKER = """
import sys, time, datetime, random
import django
django.setup()
from django.utils import timezone
from superviseme.ops import clock, worker
from superviseme.outbox.post import post

began, day, book = float(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
start = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
timezone.now = lambda: start + datetime.timedelta(days=(time.time() - began) / day)

def write(fence):
    with open(book, "a") as file:
        file.write(f"{fence.slot.date()}\\n")
    time.sleep(random.uniform(0, 0.2))
    words = dict(name="A", when=timezone.now(), link="https://x.example/l")
    post("password_changed", to="p@example.org", key=f"morning:{fence.slot.date()}", context=words)
    return "written"

worker.EVERY, worker.LOOK = 0.2, 0.05
clock.JOBS = (clock.Job("morning", write, "", when="0 8 * * *"),)
sys.exit(worker.main())
"""


@pytest.mark.long
def test_five_schedulers_do_each_of_a_hundred_periods_once(tmp_path, capsys):
    address = os.environ.get("POSTGRES_URL", "")
    if not address:
        pytest.skip("no PostgreSQL here: bin/test --long starts one")
    book = tmp_path / "book"
    with laboratory(tmp_path, address) as lab:
        lab.program = ("-c", WORKER, str(time.time() + 8), str(DAY), str(book))
        for _ in range(SCHEDULERS):
            lab.start()
        for n in range(1, PERIODS + 1):
            lab.wait_for(lambda n=n: _done(lab) >= n, f"period {n}")
            if n % (PERIODS // KILLS) == 0 and lab.kills < KILLS - 1:
                leader = lab.sql("SELECT pid FROM ops_instance WHERE epoch IS NOT NULL ORDER BY epoch DESC LIMIT 1")
                time.sleep(random.uniform(0, DAY))  # noqa: S311 - a moment nobody chose
                lab.kill(next(life for life, process in enumerate(lab.lives) if (process.pid,) in leader))
                lab.start()
        rows = lab.sql("SELECT period, state, attempts FROM ops_jobrun WHERE job = 'morning'")
        letters = lab.sql("SELECT count(*), count(DISTINCT key) FROM outbox_message WHERE key LIKE 'morning:%'")[0]
    ran = book.read_text().split()
    with capsys.disabled():
        print(
            f"\nschedulers: {SCHEDULERS} processes, {len(rows)} periods, {len(ran)} runs, {lab.kills} leaders killed, "
            f"{len(ran) - len(set(ran))} runs begun again, {letters[0]} letters"
        )
    done = [period for period, state, _attempts in rows if state == "done"]
    assert len(done) == len(set(done)) >= PERIODS
    assert (len(rows) - len(done) <= 1, letters[0] == letters[1] >= len(done)) == (True, True)
    assert len(ran) - len(set(ran)) <= lab.kills


def _done(lab):
    return lab.sql("SELECT count(*) FROM ops_jobrun WHERE job = 'morning' AND state = 'done'")[0][0]
