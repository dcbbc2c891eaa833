"""Keyset paging: 25 rows, `?after=<cursor>`; an unknown cursor is the first page."""

import base64
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Value

from .prepared import Asked

PAGE = 25


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    newer: str  # query value of the previous page, "" on the first ("first" means the list's start)
    older: str  # cursor of the next page, "" when this is the last


def keyset_page(rows: QuerySet | Asked, *, order: tuple[str, ...], after: str = "", size: int = PAGE) -> Page:
    """One page of `rows` ordered by `order` (field names, "-" for descending; the last must be unique, none nullable)."""
    keys = decode(after)
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


def merged_page(parts: Mapping[str, QuerySet], *, at: str, columns: tuple[str, ...], after: str = "") -> Page:
    """One page of several tables together, the latest `at` first, in one query: rows (kind, at, pk, *columns).

    `parts` by kind; each has the columns, by annotation where tables differ.
    """
    cursor = _moment(decode(after))
    order = (f"-{at}", "kind_", "pk")
    asked = [
        (rows.filter(_later(kind, at, *cursor)) if cursor else rows)
        .order_by()
        .annotate(kind_=Value(kind))
        .values_list("kind_", at, "pk", *columns)
        for kind, rows in parts.items()
    ]
    found = list(asked[0].union(*asked[1:], all=True).order_by(*order)[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    older = encode([last[1].isoformat(), last[0], last[2]]) if last else ""
    return Page(rows=found[:PAGE], newer="first" if cursor else "", older=older)


def _later(kind: str, at: str, moment: datetime, last_kind: str, last_pk: int) -> Q:
    """After the cursor: earlier, or at the same moment a later kind or number."""
    before = Q(**{f"{at}__lt": moment})
    if kind == last_kind:
        return before | Q(**{at: moment, "pk__gt": last_pk})
    return Q(**{f"{at}__lte": moment}) if kind > last_kind else before


def _moment(keys: list[Any] | None) -> tuple[datetime, str, int] | None:
    match keys:
        case [str(at), str(kind), int(pk)] if abs(pk) < 2**63:
            with suppress(ValueError):
                found = datetime.fromisoformat(at)
                return (found, kind, pk) if found.tzinfo else None
    return None


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
    return encode([_value(row, field.lstrip("-")) for field in order])


def encode(values: list[Any]) -> str:
    """The cursor behind these values of a row."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for part in path.split("__"):
        row = getattr(row, part)
    return row.isoformat() if isinstance(row, datetime | date) else row


def decode(cursor: str) -> list[Any] | None:
    """The values of a cursor; None when it is none of ours."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(_comparable(value) for value in found) else None


def _comparable(value: Any) -> bool:
    """A plain value the database takes; no text holds NUL."""
    return isinstance(value, str | int | float | bool) and "\x00" not in str(value)
