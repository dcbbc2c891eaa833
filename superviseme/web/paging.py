"""Keyset paging: 25 rows, `?after=<cursor>`; an unknown cursor is the first page."""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from .prepared import Asked

PAGE = 25


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    newer: str  # query value of the previous page, "" on the first ("first" means the list's start)
    older: str  # cursor of the next page, "" when this is the last


def keyset_page(rows: QuerySet | Asked, *, order: tuple[str, ...], after: str = "", size: int = PAGE) -> Page:
    """One page of `rows` ordered by `order` (field names, "-" for descending; the last must be unique, none nullable)."""
    keys = _decode(after)
    if isinstance(rows, Asked):
        if keys is None:
            return _page(rows.fetch(order=order, most=size + 1), order, size)
        rows = rows.rows()
    wanted = rows.order_by(*order)
    if keys is not None and len(keys) == len(order):
        try:
            found = list(wanted.filter(_beyond(order, keys))[: size + 1])
        except (ValueError, TypeError, ValidationError, OverflowError):
            keys, found = None, list(wanted[: size + 1])
    else:
        keys, found = None, list(wanted[: size + 1])
    return _page(found, order, size, newer="first" if keys is not None else "")


def _page(found: list[Any], order: tuple[str, ...], size: int, *, newer: str = "") -> Page:
    older = _encode(found[size - 1], order) if len(found) > size else ""
    return Page(rows=found[:size], newer=newer, older=older)


def _beyond(order: tuple[str, ...], keys: list[Any]) -> Q:
    condition = Q()
    equal: dict[str, Any] = {}
    for field, value in zip(order, keys, strict=True):
        name = field.lstrip("-")
        step = Q(**equal, **{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        condition |= step
        equal[name] = value
    return condition


def _encode(row: Any, order: tuple[str, ...]) -> str:
    values = [_value(row, field.lstrip("-")) for field in order]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row.isoformat() if isinstance(row, datetime | date) else row


def _decode(cursor: str) -> list[Any] | None:
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(_comparable(value) for value in found) else None


def _comparable(value: Any) -> bool:
    """A plain value the database takes; no text holds NUL."""
    return isinstance(value, str | int | float | bool) and "\x00" not in str(value)
