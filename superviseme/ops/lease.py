"""The lease: one holder at a time, by the database's clock, so that the clocks of machines need not agree."""

import os
import secrets
import socket
import time
from datetime import UTC, datetime, timedelta

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from superviseme.web.fence import Halt

from .models import Lease

LASTS = timedelta(seconds=20)
ALWAYS_OVER = datetime(1970, 1, 1, tzinfo=UTC)
NAME = "scheduler"


class Lost(Halt):
    """The lease has another holder now; whatever was being done is theirs."""


class Holding:
    """A lease as held: `epoch` is the fencing number."""

    def __init__(self, name: str, holder: str, epoch: int):
        self.name, self.holder, self.epoch = name, holder, epoch
        self.surely_until = time.monotonic()  # by this machine's clock, counted from before the database was asked

    def beat(self) -> None:
        """Hold on for another while; raises Lost when somebody else has taken over.

        Inside a transaction it is the fence: the row stays ours until the commit, or nothing is written.
        """
        asked = time.monotonic()
        if self._mine().update(beat_at=Now(), expires_at=Now() + LASTS) != 1:
            raise Lost
        self.surely_until = asked + LASTS.total_seconds()

    def is_sure(self, *, for_another: float = 0) -> bool:
        """Nobody can have taken over yet. Asks nobody: for the moment before something that cannot be taken back."""
        return time.monotonic() + for_another < self.surely_until

    def release(self) -> None:
        """So that the next one need not wait."""
        self._mine().update(expires_at=ALWAYS_OVER)

    def _mine(self) -> QuerySet[Lease]:
        return Lease.objects.filter(name=self.name, holder=self.holder, epoch=self.epoch)


def take(name: str, holder: str) -> Holding | None:
    """The lease, if nobody else holds it: one conditional UPDATE, so that of many who try one succeeds.

    Taking again what one holds makes a new epoch: what the old one left in the middle is there to be picked up.
    """
    Lease.objects.bulk_create([Lease(name=name, expires_at=ALWAYS_OVER)], ignore_conflicts=True)
    free = Lease.objects.filter(Q(expires_at__lt=Now()) | Q(holder=holder), name=name)
    if free.update(holder=holder, epoch=F("epoch") + 1, taken_at=Now(), beat_at=Now(), expires_at=Now() + LASTS) != 1:
        return None
    found = Lease.objects.get(name=name)
    return Holding(name, holder, found.epoch) if found.holder == holder else None


def let_go_when_asleep(connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Whoever is stopped inside a transaction loses it, and with it the lease's row, so that another may lead.

    PostgreSQL does that; on SQLite the one writer's lock stays with who sleeps, and nobody can take it away.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            milliseconds = str(round(LASTS.total_seconds() * 1000))
            cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, false)", [milliseconds])


def me() -> str:
    """A name for this process that no other has, on this or any machine."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"
