"""Addresses by the name of their door: what Django's `reverse` answers, worked out once per door.

A page asks for thirty; for each Django searches and matches an expression. Sites stand at the root of their host, so a
door has one address for the life of a process.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import urls
from django.conf import settings

_STAND_INS = (9_000_000_001, 9_000_000_002, 9_000_000_003)
_shapes: dict[tuple[str, str, int], str | None] = {}


def reverse(name: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None) -> str:
    """The address of a door. Quick for doors named by numbers alone; the others are asked of Django."""
    if kwargs or not all(type(value) is int and value >= 0 for value in args):
        return str(urls.reverse(name, args=list(args), kwargs=dict(kwargs or {})))
    key = (settings.ROOT_URLCONF, name, len(args))
    if key not in _shapes:
        _shapes[key] = _shape(name, len(args))
    shape = _shapes[key]
    return str(urls.reverse(name, args=list(args))) if shape is None else shape % tuple(args)


def _shape(name: str, count: int) -> str | None:
    """`/w/%d/todos/%d`; None for a door that does not repeat its numbers plainly and in order."""
    stand_ins = [str(number) for number in _STAND_INS[:count]]
    if len(stand_ins) != count:
        return None
    found = str(urls.reverse(name, args=list(_STAND_INS[:count])))
    places = [found.find(number) for number in stand_ins]
    if places != sorted(places) or any(found.count(number) != 1 for number in stand_ins):
        return None
    found = found.replace("%", "%%")
    for number in stand_ins:
        found = found.replace(number, "%d")
    return found
