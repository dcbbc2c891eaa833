"""The one source of time. Everything that asks for the present asks `now()`, so that a tick can be simulated."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from superviseme.site.values import setting

_simulated: ContextVar[datetime | None] = ContextVar("simulated_now", default=None)
_unwanted: ContextVar[str] = ContextVar("nobody_asks_now", default="")


def now() -> datetime:
    """The present as an aware UTC datetime."""
    if reason := _unwanted.get():
        raise RuntimeError(reason)
    return _simulated.get() or timezone.now()


def today() -> date:
    """The local date where the reader is (the site's zone outside a request)."""
    # Django answers alike for a reader in UTC and for no reader, so that its own record is asked.
    reader = getattr(timezone._active, "value", None)  # type: ignore[attr-defined]  # the stubs leave it out
    return timezone.localdate(now(), reader or site_zone())


def site_zone() -> ZoneInfo:
    return ZoneInfo(setting("time_zone"))


def iso_week(day: date) -> str:
    """`2026-W53`: the week's own year, which is not always the day's."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


@contextmanager
def simulated(moment: datetime) -> Iterator[None]:
    """Within the block the present is `moment` (aware)."""
    token = _simulated.set(moment)
    try:
        yield
    finally:
        _simulated.reset(token)


@contextmanager
def nobody_asks(reason: str) -> Iterator[None]:
    """Within the block asking for the present is a mistake: what is made in it outlives the moment."""
    token = _unwanted.set(reason)
    try:
        yield
    finally:
        _unwanted.reset(token)
