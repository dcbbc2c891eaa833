"""What a command of the runbook finds out: one line a check for people, one object for machines (`--json`)."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from .exits import DONE, FAILED, NEEDS_A_PERSON, REFUSED, WORDS, Stop


class Status(StrEnum):
    OK = "ok"
    WARNING = "warning"  # works, and somebody should look at it
    UNKNOWN = "unknown"  # could not be found out here; never counts as well
    FAILED = "failed"
    REFUSED = "refused"  # going on would be unsafe
    PERSON = "needs a person"


_ENDS = ((Status.REFUSED, REFUSED), (Status.FAILED, FAILED), (Status.PERSON, NEEDS_A_PERSON))


@dataclass(frozen=True)
class Finding:
    """What a probe found: `measured` beside what was expected, and `fix`, what the operator can do about it."""

    status: Status = Status.OK
    measured: str = ""
    fix: str = ""


@dataclass(frozen=True)
class Probe:
    """A question with an id for ever. `clause` is the runbook's own number, "" for what it does not ask; `cause` says
    where the opposite usually comes from, `fix` what helps when the finding itself does not say."""

    id: str
    clause: str
    expected: str
    ask: Callable[[], Finding]
    cause: str = ""
    fix: str = ""


@dataclass(frozen=True)
class Check:
    id: str
    clause: str
    status: Status
    measured: str
    expected: str
    cause: str
    fix: str
    ms: float


OPENS = ("link", "pass")  # facts that let somebody in: shown to who asked, not kept


class Report:
    """Collects checks and facts of one command and says them as they come, or all together as JSON."""

    def __init__(self, command: str, *, as_json: bool = False):
        self.command, self.as_json = command, as_json
        self.checks: list[Check] = []
        self.facts: dict[str, Any] = {}
        self.reason = ""

    def ask(self, *probes: Probe) -> None:
        """Every probe in turn. One that breaks is a failed check, not a traceback."""
        for probe in probes:
            start = time.perf_counter()
            try:
                found = probe.ask()
            except Stop as stop:
                found = Finding(Status.REFUSED if stop.code == REFUSED else Status.FAILED, str(stop))
            except Exception as problem:
                found = Finding(Status.FAILED, f"{type(problem).__name__}: {first_line(problem)}")
            self.note(probe, found, (time.perf_counter() - start) * 1000)

    def note(self, probe: Probe, found: Finding, ms: float = 0) -> None:
        fix = found.fix or probe.fix
        check = Check(
            probe.id, probe.clause, found.status, found.measured, probe.expected, probe.cause, fix, round(ms, 1)
        )
        self.checks.append(check)
        if not self.as_json:
            print(_line(check), flush=True)

    def say(self, text: str, **facts: Any) -> None:
        """A sentence for people; `facts` for machines."""
        self.facts |= facts
        if not self.as_json:
            print(text, flush=True)

    @property
    def code(self) -> int:
        """How the command ends by what was found."""
        found = {check.status for check in self.checks}
        return next((code for status, code in _ENDS if status in found), DONE)

    def summary(self) -> dict[str, Any]:
        """For the operations log: how many of what, which failed and how, and the facts."""
        kept = {name: fact for name, fact in self.facts.items() if name not in OPENS}
        failed = [f"{c.id}: {c.measured}" for c in self.checks if c.status in (Status.FAILED, Status.REFUSED)]
        return {"checks": Counter(check.status for check in self.checks), "failed": failed, "facts": kept}

    def close(self, code: int, reason: str = "") -> None:
        """The last word: the reason of a stop, or everything as one JSON object."""
        if not self.as_json:
            if reason:
                print(reason, file=sys.stderr, flush=True)
            return
        checks = [asdict(check) for check in self.checks]
        said = {"command": self.command, "status": WORDS[code], "exit": code, "reason": reason, "checks": checks}
        print(json.dumps({**said, **self.facts}, ensure_ascii=False, default=str), flush=True)


def _line(check: Check) -> str:
    clause = f"[{check.clause}] " if check.clause else ""
    measured = f": {check.measured}" if check.measured else ""
    fix = f" — {check.fix}" if check.fix and check.status != Status.OK else ""
    return f"{check.status.value.upper():8} {clause}{check.id}: {check.expected}{measured}{fix}"


def first_line(problem: BaseException) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]
