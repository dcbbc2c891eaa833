"""The lease: one holder, and late writes of the one before fail."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from superviseme.ops import lease
from superviseme.ops.models import Lease


def expire():
    Lease.objects.update(expires_at=lease.ALWAYS_OVER)


def test_of_two_who_want_it_one_gets_it(db):
    assert lease.take("scheduler", "a").epoch == 1
    assert lease.take("scheduler", "b") is None


def test_a_heartbeat_keeps_it(db):
    holding = lease.take("scheduler", "a")
    nearly_over = Lease.objects.get().expires_at - lease.LASTS / 2
    Lease.objects.update(expires_at=nearly_over)
    holding.beat()
    assert Lease.objects.get().expires_at > nearly_over + lease.LASTS / 4


def test_who_was_away_too_long_has_lost_it_for_good(db):
    late = lease.take("scheduler", "a")
    expire()
    assert lease.take("scheduler", "b").epoch == 2
    with pytest.raises(lease.Lost):
        late.beat()


def test_releasing_lets_the_next_one_in_at_once(db):
    lease.take("scheduler", "a").release()
    assert lease.take("scheduler", "b").holder == "b"


def test_the_late_one_cannot_release_what_is_not_his(db):
    late = lease.take("scheduler", "a")
    expire()
    lease.take("scheduler", "b")
    late.release()
    assert lease.take("scheduler", "c") is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot take a lock from who sleeps")
def test_who_sleeps_inside_a_transaction_does_not_keep_the_next_one_out(monkeypatch):
    monkeypatch.setattr(lease, "LASTS", timedelta(seconds=0.2))
    lease.let_go_when_asleep(connection)
    sleeper, other = lease.take("scheduler", "a"), connection.copy()
    with pytest.raises(DatabaseError), transaction.atomic():
        sleeper.beat()
        with other.cursor() as cursor:
            cursor.execute("UPDATE ops_lease SET holder = 'b'")  # waits until the one above is gone
        sleeper.beat()
    connection.close()
    other.close()
    assert Lease.objects.get().holder == "b"
