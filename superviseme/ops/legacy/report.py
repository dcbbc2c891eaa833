"""What became of every row: counts for each table, and the reason for each row changed or refused."""

from typing import Any

COUNTS = ("read", "imported", "merged", "refused")


class Report:
    """read = imported + merged + refused, for every table."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, int]] = {}
        self.changes: list[dict[str, Any]] = []
        self.refusals: list[dict[str, Any]] = []
        self.unknown_tables: list[str] = []
        self._said: set[tuple[Any, ...]] = set()

    def count(self, table: str, what: str, number: int = 1) -> None:
        self.tables.setdefault(table, dict.fromkeys(COUNTS, 0))[what] += number

    def changed(self, table: str, row_id: Any, what: str, reason: str) -> None:
        if (table, row_id, what, reason) not in self._said:
            self._said.add((table, row_id, what, reason))
            self.changes.append({"table": table, "id": row_id, "what": what, "reason": reason})

    def refused(self, table: str, row_id: Any, reason: str) -> None:
        self.count(table, "refused")
        self.refusals.append({"table": table, "id": row_id, "reason": reason})

    @property
    def imported(self) -> int:
        return sum(counts["imported"] for counts in self.tables.values())

    def counts(self) -> dict[str, dict[str, int]]:
        return {name: dict(self.tables[name]) for name in sorted(self.tables)}

    def as_dict(self) -> dict[str, Any]:
        return {
            "tables": self.counts(),
            "changed": self.changes,
            "refused": self.refusals,
            "unknown_tables": self.unknown_tables,
        }

    def lines(self) -> list[str]:
        """For people: the table of counts, then the reasons with the rows they were given for."""
        width = max(map(len, self.tables), default=0)
        out = [" " * width + "".join(f"{name:>10}" for name in COUNTS)]
        out += [
            f"{name:{width}}" + "".join(f"{counts[c]:10}" for c in COUNTS) for name, counts in self.counts().items()
        ]
        out += _grouped("Changed", self.changes) + _grouped("Refused", self.refusals)
        if self.unknown_tables:
            out += ["", "Tables that are not the predecessor's, left alone: " + ", ".join(self.unknown_tables)]
        return out


def _grouped(title: str, entries: list[dict[str, Any]]) -> list[str]:
    groups: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        what = f".{entry['what']}" if entry.get("what") else ""
        groups.setdefault((f"{entry['table']}{what}", entry["reason"]), []).append(str(entry["id"]))
    lines = [f"  {where}: {reason} (rows {_few(ids)})" for (where, reason), ids in groups.items()]
    return ["", f"{title} ({len(entries)}):", *lines] if lines else []


def _few(ids: list[str]) -> str:
    return ", ".join(ids[:12]) + (f" and {len(ids) - 12} more" if len(ids) > 12 else "")
