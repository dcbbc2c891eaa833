"""Killed, stopped and asked to go while letters are on their way: the short form of tests/long/test_kills.py."""

import os
import signal
import time

import pytest

from .killing import kill_often, laboratory, tally

POSTGRES = os.environ.get("TEST_DATABASE_URL", "")
KILLS, LETTERS_A_LIFE = 8, 15


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with laboratory(tmp_path_factory.mktemp("lab"), POSTGRES) as made:
        yield made


@pytest.fixture
def lab(site):
    yield site
    site.end()
    site.expire()


def test_killed_at_random_nothing_is_lost_and_at_most_one_copy_a_kill_goes_twice_and_is_logged(lab):
    found = kill_often(lab, kills=KILLS, letters_a_life=LETTERS_A_LIFE)
    assert (found.kills, found.letters >= KILLS * LETTERS_A_LIFE) == (KILLS, True)
    assert (found.lost, found.twice_in_the_database, found.second_message_ids, found.unlogged) == (0, 0, 0, 0)
    assert found.extra <= found.kills


def test_a_leader_that_slept_finds_itself_replaced_and_one_asked_to_go_hands_over(lab):
    before = tally(lab)
    lab.write_letters(100)
    lab.sink.came.clear()
    pair = [lab.lives.index(lab.start()) for _ in range(2)]
    first = lab.wait_for_a_leader()
    second = pair[0] + pair[1] - first
    lab.sink.came.wait(30)
    lab.freeze(first)
    lab.wait_until_it_leads(second)
    lab.lives[first].send_signal(signal.SIGCONT)
    lab.wait_for(lambda: lab.stands_by(first), "the one that slept to stand by")
    lab.wait_for(lambda: lab.unsent() == 0, "all letters to be sent")
    asked = time.monotonic()
    lab.lives[second].send_signal(signal.SIGTERM)
    lab.wait_for(lambda: len(lab.said("leads now", first)) == 2, "the other leads again")
    print(f"{time.monotonic() - asked:.1f} s from SIGTERM to the next leader")
    assert lab.lives[second].wait(30) == 0
    found = tally(lab)
    assert (found.lost, found.twice_in_the_database, found.second_message_ids, found.unlogged) == (0, 0, 0, 0)
    assert found.extra - before.extra <= 1
