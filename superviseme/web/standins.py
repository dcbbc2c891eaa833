"""Stand-ins for the values of a prepared query: recognised among the parameters that Django makes of them."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Model

LENGTHS = (0, 1, 2, 4, 8, 16, 30, 60)  # of lists: those between repeat their last number
_NUMBER = 32_000  # fits even the smallest integer column; no query of ours holds such a constant
_DAY = dt.date(1001, 1, 1)
_MOMENT = dt.datetime(1002, 1, 1, tzinfo=dt.UTC)
_CARRIED = ("roles", "is_active")  # what the law reads of a person


def possible(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= LENGTHS[-1] and all(type(one) is int for one in value)
    return value is None or isinstance(value, bool | int | str | dt.date | Model)


def no_column_holds(value: Any) -> bool:
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def shape_of(value: Any) -> Hashable:
    """What of a value decides how the query is written."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return ("list", _length(value))
    if isinstance(value, Model):
        return (value.__class__, *(getattr(value, name, None) for name in _CARRIED))
    return next(kind for kind in (int, str, dt.datetime, dt.date) if isinstance(value, kind))


@dataclass(frozen=True)
class Place:
    """A parameter: a constant of the query, or the place of a value (or of one in a list)."""

    constant: Any = None
    value: int | None = None
    within: int | None = None

    def filled(self, values: tuple[Any, ...], ops: Any) -> Any:
        if self.value is None:
            return self.constant
        found = values[self.value]
        return _sent(found if self.within is None else found[min(self.within, len(found) - 1)], ops)


class Doubles:
    """Stand-ins for these values."""

    def __init__(self, values: tuple[Any, ...]):
        self.places: list[tuple[Any, Place, bool]] = []
        self.values = [self._double(value, at) for at, value in enumerate(values)]

    def places_in(self, params: Any, ops: Any) -> list[Place]:
        """Every stand-in must have reached the query as it is; the one of a person need not (the law may ask roles alone)."""
        known = {_key(_sent(double, ops)): place for double, place, _ in self.places}
        found = [known.get(_key(param), Place(constant=param)) for param in params]
        lost = [place for _, place, needed in self.places if needed and place not in found]
        if lost:
            raise TypeError(f"A prepared query only compares its values with columns; it lost {lost}.")
        return found

    def _double(self, value: Any, at: int) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, list):
            return [self._kept(_NUMBER + len(self.places), Place(value=at, within=n)) for n in range(_length(value))]
        if isinstance(value, Model):
            return self._person_or_thing(value, at)
        return self._kept(self._plain(value), Place(value=at))

    def _plain(self, value: Any) -> Any:
        n = len(self.places)
        if isinstance(value, int):
            return _NUMBER + n
        if isinstance(value, str):
            return f"\ue000{n}%_\\"  # comes out changed wherever Django looks for a part of a text
        return _MOMENT + dt.timedelta(days=n) if isinstance(value, dt.datetime) else _DAY + dt.timedelta(days=n)

    def _person_or_thing(self, value: Any, at: int) -> Model:
        double: Model = value.__class__(pk=_NUMBER + len(self.places))
        double.__dict__.update({name: getattr(value, name) for name in _CARRIED if hasattr(value, name)})
        self._kept(double.pk, Place(value=at), needed=False)
        return double

    def _kept(self, double: Any, place: Place, *, needed: bool = True) -> Any:
        self.places.append((double, place, needed))
        return double


def _length(value: list[int]) -> int:
    return next(length for length in LENGTHS if length >= len(value))


def _sent(value: Any, ops: Any) -> Any:
    """As a field of its kind gives it to the driver."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.datetime):
        return ops.adapt_datetimefield_value(value)
    return ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value


def _key(value: Any) -> Hashable:
    """Numbers alike whatever the driver wraps them in; the database compares them all the same."""
    if isinstance(value, int) and not isinstance(value, bool):
        return (int, int(value))
    return (type(value), value) if isinstance(value, Hashable) else id(value)
