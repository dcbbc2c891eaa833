"""The fence: whoever lost the lease writes nothing, in whatever way a job writes."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from superviseme.ops import lease, worker
from superviseme.ops.guard import LeaseFence, Stopping, guarded
from superviseme.ops.models import JobRun, Lease
from superviseme.web.time import now

pytestmark = pytest.mark.django_db(transaction=True)


def write(period):
    JobRun.objects.create(job="night", period=period, epoch=1, started_at=now())


def periods():
    return list(JobRun.objects.order_by("pk").values_list("period", flat=True))


@pytest.fixture
def slept():
    """A lease as held by one who slept while another took over."""
    mine = lease.take("scheduler", "a")
    Lease.objects.update(expires_at=lease.ALWAYS_OVER)
    lease.take("scheduler", "b")
    return mine


def heartbeats(queries):
    return sum("ops_lease" in query["sql"] for query in queries.captured_queries)


@pytest.mark.parametrize("how", ["alone", "in a transaction", "after reading", "in bulk", "update", "delete"])
def test_who_slept_writes_nothing(slept, how):
    write("before")
    with pytest.raises(lease.Lost), guarded(slept):
        if how == "alone":
            write("late")
        elif how == "in a transaction":
            with transaction.atomic():
                write("late")
        elif how == "after reading":
            with transaction.atomic():
                JobRun.objects.count()
                write("late")
        elif how == "in bulk":
            JobRun.objects.bulk_create([JobRun(job="night", period="late", epoch=1, started_at=now())])
        elif how == "update":
            JobRun.objects.update(period="late")
        else:
            JobRun.objects.all().delete()
    assert periods() == ["before"]


def test_who_slept_may_read(slept):
    with guarded(slept):
        assert JobRun.objects.count() == 0


def test_who_holds_the_lease_writes_and_every_transaction_is_one_heartbeat():
    with guarded(lease.take("scheduler", "a")), CaptureQueriesContext(connection) as queries:
        write("one")
        with transaction.atomic():
            write("two"), write("three")
    assert (periods(), heartbeats(queries)) == (["one", "two", "three"], 2)


def test_a_transaction_rolled_back_was_not_asked_for_the_next():
    with guarded(lease.take("scheduler", "a")), CaptureQueriesContext(connection) as queries:
        for _ in range(2):
            with transaction.atomic():
                write("never")
                transaction.set_rollback(True)
    assert (periods(), heartbeats(queries)) == ([], 2)


def test_what_a_savepoint_took_back_is_asked_again():
    with guarded(lease.take("scheduler", "a")), CaptureQueriesContext(connection) as queries, transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            write("never")
            raise ZeroDivisionError
        write("one"), write("two")
    assert (periods(), heartbeats(queries)) == (["one", "two"], 2)


def test_outside_the_block_nothing_is_asked(slept):
    write("one")
    assert periods() == ["one"]


def test_between_two_pieces_of_work_one_hears_of_a_stop():
    over = threading.Event()
    fence = LeaseFence(holding=lease.take("scheduler", "a"), over=over)
    fence(), fence.last_look()
    over.set()
    with pytest.raises(Stopping):
        fence()


def test_who_is_no_longer_sure_asks_and_hears_it(slept):
    slept.surely_until = 0
    fence = LeaseFence(holding=slept, over=threading.Event())
    with pytest.raises(lease.Lost):
        fence()
    with pytest.raises(lease.Lost):
        fence.last_look()


def test_a_lease_taken_again_by_its_holder_is_a_new_epoch():
    assert [lease.take("scheduler", "a").epoch for _ in range(2)] == [1, 2]


def test_tests_start_no_scheduler(monkeypatch):
    monkeypatch.setenv("ENABLE_SCHEDULER", "true")
    threads = threading.active_count()
    with pytest.raises(worker.Refusal):
        worker.loop(threading.Event())
    assert (threading.active_count(), Lease.objects.count()) == (threads, 0)
