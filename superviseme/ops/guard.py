"""The fence of the scheduler's own jobs, and the guard that puts every write of theirs behind it.

The first write of each transaction of a job is preceded by the heartbeat in the same transaction. A scheduler that slept
while another took over therefore writes nothing, whatever the job and whoever wrote it.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from superviseme.web.fence import Fence, Halt

from . import maintenance
from .lease import Holding, Lost

WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|MERGE)\b", re.IGNORECASE)
ASK_AGAIN = 15.0  # seconds of certainty below which the database is asked


class Stopping(Halt):
    """Asked to stop, or to pause for maintenance, between two pieces of work."""


@dataclass(frozen=True, kw_only=True)
class LeaseFence(Fence):
    holding: Holding
    over: threading.Event

    def __call__(self) -> None:
        if self.over.is_set() or maintenance.state():
            raise Stopping
        if not self.holding.is_sure(for_another=ASK_AGAIN):
            self.holding.beat()

    def last_look(self) -> None:
        if not self.holding.is_sure():
            raise Lost


@contextmanager
def guarded(holding: Holding) -> Iterator[None]:
    """Within the block this thread writes to the database only while the lease is held."""
    with connection.execute_wrapper(_Guard(holding)):
        yield


class _Guard:
    def __init__(self, holding: Holding):
        self.holding, self.asking = holding, False

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict) -> Any:
        if self.asking or not WRITES.match(sql):
            return execute(sql, params, many, context)
        if connection.in_atomic_block:
            self._ask_once_a_transaction()
            return execute(sql, params, many, context)
        if connection.vendor == "sqlite" and " RETURNING " in sql:
            self._ask()  # SQLite commits only when the rows are read, so these two are a moment apart
            return execute(sql, params, many, context)
        with transaction.atomic():
            self._ask_once_a_transaction()
            return execute(sql, params, many, context)

    def _ask_once_a_transaction(self) -> None:
        """The mark goes away with the transaction, or with the savepoint, that it was made in."""
        if any(entry[1] == self._mark for entry in connection.run_on_commit):
            return
        self._ask()
        transaction.on_commit(self._mark)

    def _ask(self) -> None:
        self.asking = True
        try:
            self.holding.beat()
        finally:
            self.asking = False

    def _mark(self) -> None:
        return
