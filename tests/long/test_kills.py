"""Two hundred kills over two thousand letters, on SQLite and on PostgreSQL where every life is another machine."""

import os

import pytest

from tests.ops.killing import kill_often, laboratory

KILLS, LETTERS_A_LIFE = int(os.environ.get("KILLS", "200")), 12


@pytest.mark.long
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_hundred_kills_lose_nothing(tmp_path, database):
    address = os.environ.get("POSTGRES_URL", "")
    if database == "postgresql" and not address:
        pytest.skip("no PostgreSQL here: bin/test --long starts one")
    with laboratory(tmp_path, address if database == "postgresql" else "") as lab:
        found = kill_often(lab, kills=KILLS, letters_a_life=LETTERS_A_LIFE)
    assert (found.kills, found.letters) == (KILLS, KILLS * LETTERS_A_LIFE)
    assert (found.lost, found.twice_in_the_database, found.second_message_ids, found.unlogged) == (0, 0, 0, 0)
    assert found.extra <= found.kills
