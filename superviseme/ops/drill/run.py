"""The drill, step by step. Every step is a check; the first red one ends it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from superviseme.ops.checks import Finding, Probe, Report, Status
from superviseme.ops.exits import Stop

from .databases import Drilled
from .place import WRONG_AT_START, WRONG_IN_PUBLIC, Place, served
from .work import Work, at_work

BAD = {
    "refused": {"superviseme/home/urls.py": WRONG_AT_START},
    "rolled_back": {"superviseme/config/wsgi.py": WRONG_IN_PUBLIC},
}
MOST_SECONDS, BACK_WITHIN = 600, 60
MARKS_AFTER_BACKUP = 5


class Red(Exception):
    """A step failed; it is in the report."""


@dataclass
class Drill:
    """One drill on one database. `figures` are what was measured: seconds, and counts."""

    report: Report
    name: str  # of the database's kind, part of every check's id
    place: Place
    database: Drilled
    figures: dict[str, float] = field(default_factory=dict)

    def run(self, *, borrow: bool, short: bool = False) -> None:
        """`borrow`: the packages this program runs with; `short`: without the release that is refused beforehand."""
        start = time.monotonic()
        try:
            self._steps(borrow=borrow, kinds=list(BAD)[1:] if short else list(BAD))
        except Red:
            return
        finally:
            self.place.stop()
            self.figures["seconds"] = round(time.monotonic() - start, 1)
        self._step("time", "", f"all of it within {MOST_SECONDS} s", self._within)

    def _steps(self, *, borrow: bool, kinds: list[str]) -> None:
        place, good = self.place, self.place.folder / "checkouts" / "good"
        self._step("place", "", "an empty folder becomes a site", lambda: self._made(borrow))
        self._command("migrate", "3.3", "the database is made", good, "migrate")
        self._command("backup_first", "2.2", "there is a verified backup", good, "backup", "create")
        self._command("preflight", "2.2", "nothing speaks against a rollout", good, "preflight")
        self._command("deploy", "3.4", "a release comes into service", good, "deploy", "--without-receipt")
        known = place.inside(good, "begin")
        work = Work(place.port, known["session"], known["workspace"])
        with served(place):
            self._command("smoke", "4.1", "it passes the smoke test", good, "smoke")
            with at_work(work):
                for kind in kinds:
                    self._step(kind, "5.0", f"a bad release is {kind.replace('_', ' ')}", lambda k=kind: self._bad(k))  # type: ignore[misc]  # bound now
                self._step(
                    "requests",
                    "3.4",
                    "all the while no request failed but those of the bad one",
                    lambda: self._counted(work),
                )
                self._command("backup", "6.B2", "a backup while people work", good, "backup", "create")
                self._step("marks", "", "people go on working", lambda: self._goes_on(work))
        lost_at = time.monotonic()
        self._step("wipe", "", "database and files are gone", self._lost)
        self._command("restore", "6.R2", "they are restored", good, *self._restore_words(good))
        with served(place):
            self._command("open", "6.R4", "it passes the smoke test and opens", good, "maintenance", "off")
            self.figures["rto_seconds"] = round(time.monotonic() - lost_at, 1)
            self._step("kept", "6.R2", "every mark from before the backup is there", lambda: self._kept(work, good))

    # --- steps -------------------------------------------------------------------------------------------------------

    def _step(self, id: str, clause: str, expected: str, do: Callable[[], str]) -> None:
        self.report.ask(Probe(f"drill.{self.name}.{id}", clause, expected, lambda: Finding(measured=do())))
        if self.report.checks[-1].status != Status.OK:
            raise Red

    def _command(self, id: str, clause: str, expected: str, source: Path, *words: str) -> None:
        def do() -> str:
            start = time.monotonic()
            code, said = self.place.run(source, *words)
            if code:
                raise Stop(f"./runbook {' '.join(words)} ended with {code}: {_why(said)}")
            return f"{time.monotonic() - start:.1f} s"

        self._step(id, clause, expected, do)

    def _made(self, borrow: bool) -> str:
        self.place.make()
        if borrow:
            self.place.borrow_packages()
        return str(self.place.folder)

    def _bad(self, kind: str) -> str:
        """Deploys a release that is broken in this way; the one before has to serve afterwards."""
        source = self.place.checkout(kind, BAD[kind])
        before, start = self._current(), time.monotonic()
        code, said = self.place.run(source, "deploy", "--without-receipt")
        seconds = round(time.monotonic() - start, 1)
        if code != 1:
            raise Stop(f"./runbook deploy ended with {code}, not 1: {_why(said)}")
        if self._current() != before:
            raise Stop(f"{self._current()} is current, not {before}")
        self.figures[f"{kind}_seconds"] = seconds
        return f"{before} serves, {seconds} s"

    def _current(self) -> str:
        return (self.place.folder / "releases" / "current").readlink().name

    def _counted(self, work: Work) -> str:
        """Those that reached the bad release while it was in public got its 500; nobody was turned away."""
        self.figures |= {"requests": work.read + len(work.marks), "failed_requests": len(work.failed)}
        other = [problem for problem in work.failed if not problem.endswith(" 500")]
        if other or not work.read or not work.marks:
            raise Stop(f"{work.read} read, {len(work.marks)} written, {len(other)} failed: {other[:3]}")
        bad = round(work.failing[-1] - work.failing[0], 1) if work.failing else 0.0
        self.figures["bad_in_public_seconds"] = bad
        if bad > BACK_WITHIN:
            raise Stop(f"The bad release was in public for {bad} s, not at most {BACK_WITHIN}.")
        return f"{work.read} read, {len(work.marks)} written, {len(work.failed)} met the bad release within {bad} s"

    def _goes_on(self, work: Work) -> str:
        before, deadline = len(work.marks), time.monotonic() + 60
        while len(work.marks) < before + MARKS_AFTER_BACKUP:
            if time.monotonic() > deadline:
                raise Stop("Nobody gets through any more.")
            time.sleep(0.05)
        return f"{len(work.marks)} marks"

    def _lost(self) -> str:
        self.place.lose_data()
        self.database.lose()
        return ""

    def _restore_words(self, good: Path) -> tuple[str, ...]:
        code, said = self.place.run(good, "backup", "list")
        newest = (said.get("backups") or [{}])[0]
        return "restore", "--latest-good", "--yes", str(newest.get("site", ""))

    def _kept(self, work: Work, good: Path) -> str:
        """RPO as measured: from the last mark that survived to the last that was acknowledged."""
        there = set(self.place.inside(good, "marks"))
        order = sorted(work.marks, key=lambda title: work.marks[title])
        kept = [title for title in order if title in there]
        gone = [title for title in order if title not in there]
        if not kept or (gone and work.marks[gone[0]] < work.marks[kept[-1]]):
            raise Stop(f"{len(kept)} of {len(order)} marks are there, with gaps: {gone[:3]}")
        self.figures["rpo_seconds"] = round(work.marks[order[-1]] - work.marks[kept[-1]], 1)
        self.figures["lost_writes"] = len(gone)
        return f"{len(kept)} of {len(order)}; the rest was written after the backup"

    def _within(self) -> str:
        if self.figures["seconds"] > MOST_SECONDS:
            raise Stop(f"{self.figures['seconds']} s")
        return f"{self.figures['seconds']} s"


def _why(said: dict) -> str:
    wrong = [f"{c['id']}: {c['measured']}" for c in said.get("checks", []) if c["status"] not in ("ok", "warning")]
    return "; ".join([*wrong, str(said.get("reason", ""))])[:600]
