"""Probes about rows: there should be none of a kind that no action would have made."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from superviseme.ops.checks import Finding, Probe, Status

SHOWN = 5


def none_of(
    id: str,
    expected: str,
    rows: Callable[[], QuerySet[Any] | Iterable[Any]],
    *,
    cause: str,
    fix: str,
    status: Status = Status.FAILED,
    clause: str = "",
) -> Probe:
    """A probe that is well while `rows()` finds nothing; else it says how many, and the first of them."""

    def ask() -> Finding:
        found = rows()
        if isinstance(found, QuerySet):
            count = found.count()
            first = [str(pk) for pk in found.order_by("pk").values_list("pk", flat=True)[:SHOWN]] if count else []
        else:
            listed = [str(one) for one in found]
            count, first = len(listed), list(islice(listed, SHOWN))
        if not count:
            return Finding(measured="none")
        more = ", …" if count > len(first) else ""
        return Finding(status, f"{count}: {', '.join(first)}{more}")

    return Probe(id, clause, expected, ask, cause, fix)
