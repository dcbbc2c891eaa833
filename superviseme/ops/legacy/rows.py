"""One row of the predecessor, and what its values mean. What had to be changed to make sense is noted in the report."""

import math
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from superviseme.web.text import clean, one_line

from .report import Report

LATEST = 7_258_118_400  # the year 2200, in seconds
EARLIEST_FINE = 631_152_000  # 1990: what is finer than seconds must be later than this
YES = {"1", "true", "t", "yes", "y", "on"}
NO = {"0", "false", "f", "no", "n", "off", ""}


class Row:
    def __init__(self, table: str, number: int, values: Mapping[str, Any], report: Report) -> None:
        self.table = table
        self.id = number
        self.values = values
        self._report = report

    def note(self, what: str, reason: str) -> None:
        self._report.changed(self.table, self.id, what, reason)

    def refuse(self, reason: str) -> None:
        self._report.refused(self.table, self.id, reason)

    def text(self, name: str) -> str:
        """A text of several lines, without control characters."""
        value = self._string(name)
        cleaned = clean(value)
        if cleaned != _same_form(value):
            self.note(name, "control characters were taken out")
        elif cleaned != value:
            self.note(name, "line ends or letters were brought into one form")
        return cleaned if cleaned.strip() else ""

    def line(self, name: str, limit: int = 0) -> str:
        """A text of one line; one longer than `limit` is cut and noted."""
        value = self._on_one_line(name)
        if limit and len(value) > limit:
            self.note(name, f"was longer than {limit} characters and has been cut")
            value = value[: limit - 1].rstrip() + "…"
        return value

    def word(self, name: str) -> str:
        """A word as stored, for comparing: nothing is cleaned or noted."""
        return self._string(name, quiet=True)

    def titled(self, name: str, limit: int, *, empty: str) -> tuple[str, str]:
        """A title that fits, and the whole of it when it had to be cut. `empty` stands for a missing one."""
        whole = self._on_one_line(name)
        if not whole:
            self.note(name, "was empty")
            return empty[:limit], ""
        if len(whole) <= limit:
            return whole, ""
        self.note(name, f"was longer than {limit} characters and has been cut; the whole stands in the text below it")
        return whole[: limit - 1].rstrip() + "…", whole

    def ref(self, name: str) -> int | None:
        return number_of(self.values.get(name))

    def flag(self, name: str, *, missing: bool, empty: bool = False) -> bool:
        """`missing`: the column does not exist; `empty`: it holds nothing, or nothing one could understand."""
        if name not in self.values:
            return missing
        value = self._string(name, quiet=True).strip().lower()
        number = number_of(value)
        if value in YES or number not in (None, 0):
            return True
        if self.values[name] is not None and value not in NO:
            self.note(name, "is neither yes nor no")
            return empty
        return False if self.values[name] is not None else empty

    def time(self, name: str) -> datetime | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        moment, reason = moment_of(value)
        if reason:
            self.note(name, reason)
        return moment

    def time_or(self, name: str, default: datetime) -> datetime:
        """A time that must be there."""
        moment = self.time(name)
        if moment is None and self.values.get(name) is None:
            self.note(name, "no time was given")
        return moment or default

    def choice(self, name: str, known: Mapping[str, Any], default: Any, *, absent: Any = None) -> Any:
        """What `known` says of the value; the default, noted, for others. `absent`: the value when there is none."""
        value = self._string(name, quiet=True).strip().lower()
        if value in known:
            return known[value]
        if not value and absent is not None:
            return absent
        self.note(name, f"«{one_line(value)[:40]}» is not known here; taken as «{getattr(default, 'value', default)}»")
        return default

    def _on_one_line(self, name: str) -> str:
        text = self.text(name)
        line = one_line(text)
        if line != text:
            self.note(name, "blanks too many were taken out")
        return line

    def _string(self, name: str, *, quiet: bool = False) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bytes):
            decoded = value.decode("utf-8", "replace")
            if "\ufffd" in decoded and not quiet:
                self.note(name, "held bytes that are no text")
            return decoded
        return str(value)


def number_of(value: Any) -> int | None:
    """A whole number, also when it was stored as text."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        value = value.strip()
        digits = value.removeprefix("-")
        return int(value) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None
    if isinstance(value, float):
        return int(value) if math.isfinite(value) and value.is_integer() and abs(value) < 2**62 else None
    return value if isinstance(value, int) else None


def moment_of(value: Any) -> tuple[datetime | None, str]:
    """(the moment in UTC or None, what had to be said about it)."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return _moment_of_text(value.strip())
    if not isinstance(value, int | float) or not math.isfinite(value):
        return None, "is not a time"
    if 0 < value <= LATEST:
        return datetime.fromtimestamp(int(value), UTC), ""
    for finer, unit in ((10**3, "milliseconds"), (10**6, "microseconds"), (10**9, "nanoseconds")):
        if EARLIEST_FINE < value / finer <= LATEST:
            return datetime.fromtimestamp(int(value / finer), UTC), f"was in {unit}"
    return None, "is not a time between 1970 and 2200"


def _moment_of_text(value: str) -> tuple[datetime | None, str]:
    try:
        return moment_of(float(value))
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(value)
        moment = found if found.tzinfo else found.replace(tzinfo=UTC)
        if not 0 < moment.timestamp() <= LATEST:
            return None, "is not a time between 1970 and 2200"
        return moment.astimezone(UTC), "was written as a date, taken as UTC"
    except (ValueError, OverflowError):
        return None, "is not a time"


def _same_form(value: str) -> str:
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
