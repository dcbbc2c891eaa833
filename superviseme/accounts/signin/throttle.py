"""Guesses are counted before they are hashed: 10 in 15 minutes per account and address, 200 per address.

Only failures count: a try takes a row first and gives it back when it was right, so that many at once cannot slip
through. A browser that signed in to the account before has a count of its own and cannot be locked out by others.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from superviseme.accounts.models import SignInFailure
from superviseme.web.answers import Busy
from superviseme.web.time import now

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_ADDRESS = 10, 200


@dataclass(frozen=True)
class Visitor:
    """Who is guessing: the network address, and the browser's own mark when it signed in to this account before."""

    address: str
    browser: str = ""

    @property
    def place(self) -> str:
        return f"browser:{self.browser}"[:64] if self.browser else self.address[:64]


class TooMany(Exception):
    def __init__(self, until: datetime):
        super().__init__("too many tries")
        self.until = until


@dataclass
class Try:
    row: SignInFailure

    def was_right(self) -> None:
        self.row.delete()


@contextmanager
def counted(kind: str, account: str, visitor: Visitor) -> Iterator[Try]:
    """A try that counts as failed unless `was_right()` is called or the house was too busy to look."""
    found = Try(_take(account_key(kind, account), visitor))
    try:
        yield found
    except Busy:
        found.was_right()
        raise


def account_key(kind: str, account: str) -> str:
    return hashlib.sha256(f"{kind}:{account.strip().casefold()}".encode()).hexdigest()


def _take(account: str, visitor: Visitor) -> SignInFailure:
    moment = now()
    row = SignInFailure.objects.create(account=account, address=visitor.place, at=moment)
    recent = SignInFailure.objects.filter(address=visitor.place, at__gt=moment - WINDOW)
    _refuse_beyond(PER_ACCOUNT, recent.filter(account=account), row)
    if not visitor.browser:
        _refuse_beyond(PER_ADDRESS, recent, row)
    return row


def _refuse_beyond(limit: int, rows: object, row: SignInFailure) -> None:
    times = list(rows.order_by("-at", "-pk").values_list("at", flat=True)[: limit + 1])  # type: ignore[attr-defined]  # of annotated rows
    if len(times) > limit:
        row.delete()
        raise TooMany(until=times[limit] + WINDOW)
