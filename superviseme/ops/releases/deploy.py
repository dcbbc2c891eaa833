"""deploy and rollback, step by step. Until `switch` nothing of what serves is touched; after it, red means back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from superviseme.ops.checks import Finding, Probe, Report, Status
from superviseme.ops.exits import DONE, NEEDS_A_PERSON, REFUSED, Stop

from . import environment, judgement
from .build import build_release
from .keeper import keepers
from .layout import Release, Releases
from .switch import prune, serving, switch
from .trial import on_a_side_port, run, smoke_of

KEPT = 5
MIGRATED_WITHIN = 900


class Red(Exception):
    """A step failed and is in the report; the next one must not be taken."""


@dataclass
class Deployment:
    report: Report
    releases: Releases
    site: Path

    def step(self, id: str, clause: str, expected: str, do: Callable[[], str]) -> None:
        self.report.ask(Probe(id, clause, expected, lambda: Finding(measured=do())))
        if self.report.checks[-1].status != Status.OK:
            raise Red

    # --- deploy ------------------------------------------------------------------------------------------------------------

    def deploy(self, find: Callable[[], Release], before: Callable[[], str], first: Callable[[Report], None]) -> int:
        """`find` builds or names the release; `before` is the backup, `first` the preflight."""
        with self.releases.locked():
            self.releases.prepare(self.site)
            self.releases.sweep()
            self._after_a_cut_off_one()
            try:
                first(self.report)
                if self.report.code:
                    raise Red
                release = self._prepare(find, before)
            except Red:
                self.report.reason = "Nothing that serves was changed."
                return self.report.code
            return self._change(release)

    def _after_a_cut_off_one(self) -> None:
        trial = judgement.standing(self.releases)
        if trial is None:
            return
        what = f"The deploy of {trial.release} was cut off before it was judged"
        if judgement.put_back(self.releases):
            self.report.say(f"{what}: {trial.was} is current.")
        else:
            judgement.end(self.releases)
            self.report.say(f"{what}, and {trial.was} cannot be put back: {trial.why_not}")

    def _prepare(self, find: Callable[[], Release], before: Callable[[], str]) -> Release:
        found: list[Release] = []

        def build() -> str:
            found.append(find())
            return found[0].name

        self.step("deploy.release", "3.1", "the release is there", build)
        release = found[0]
        self.report.facts["tried"] = release.name
        self.step("deploy.whole", "3.1", "it is as it was built", lambda: _whole(release))
        self.step("deploy.backup", "2.2", "a backup is made and verified", before)
        self.step("deploy.migrate", "3.3", "the database has its migrations", lambda: _migrate(release))
        self.step("deploy.side_port", "3.4", "it passes the smoke test on a side port", lambda: _tried(release))
        return release

    def _change(self, release: Release) -> int:
        old, before = self.releases.current, self.releases.previous
        if old and old.name != release.name:
            judgement.begin(self.releases, release, was=old, before=before, why_not=cannot_go_back(old, release))
        switch(self.releases, release, keep_environment=True)
        try:
            self.step("deploy.serves", "3.5", "it serves, and logs no error", lambda: serving(self.releases, release))
            if keepers(self.releases):
                self.step("deploy.smoke", "4.1", "it passes the smoke test", lambda: _smoked(release))
        except Red:
            return self._put_back(release, old, before)
        judgement.end(self.releases)
        gone = prune(self.releases, kept=KEPT)
        self.report.say(f"Release {release.name} is current.", release=release.name, removed=gone)
        if not keepers(self.releases):
            runbook = self.releases.folder / "current" / "runbook"
            self.report.say(f"Nothing serves here yet: start {runbook} serve web, and serve scheduler in one place.")
        return DONE

    def _put_back(self, failed: Release, old: Release | None, before: Release | None) -> int:
        if old is None or old.name == failed.name:
            self.report.reason = f"Release {failed.name} failed, and there is none to go back to."
            return NEEDS_A_PERSON
        why = cannot_go_back(old, failed)
        if why:
            self.report.reason = f"Release {failed.name} failed, and {old.name} cannot be put back: {why}"
            return NEEDS_A_PERSON
        switch(self.releases, old, keep_environment=False)
        self.releases.point("previous", before)
        judgement.end(self.releases)
        try:
            self.step("deploy.back", "5.1", "the release before serves again", lambda: serving(self.releases, old))
            self.step("deploy.back_smoke", "5.3", "it passes the smoke test", lambda: _smoked(old))
        except Red:
            self.report.reason = f"Release {failed.name} failed, and {old.name} is not well either."
            return NEEDS_A_PERSON
        self.report.reason = f"Release {failed.name} failed; {old.name} serves again."
        self.report.facts["release"] = old.name
        return self.report.code

    # --- rollback ----------------------------------------------------------------------------------------------------------

    def rollback(self) -> int:
        """To the release before, with its environment; needs no network and leaves the database as it is."""
        with self.releases.locked():
            trial = judgement.standing(self.releases)
            if trial and self.releases.current and self.releases.current.name != trial.release:
                judgement.put_back(self.releases)  # cut off before its release was current
            current, previous = self.releases.current, self.releases.previous
            if current is None or previous is None:
                raise Stop("There is no release before this one.", REFUSED)
            why = cannot_go_back(previous, current)
            if why:
                raise Stop(f"{previous.name} cannot be put back: {why}", REFUSED)
            try:
                self.step("rollback.whole", "2.3", "the release before is as it was built", lambda: _whole(previous))
                names, secrets = environment.changes(previous)
                switch(self.releases, previous, keep_environment=False)
                judgement.end(self.releases)
                self.step("rollback.environment", "5.2", "its environment is put back", lambda: _said(names, secrets))
                self.step("rollback.serves", "5.1", "it serves", lambda: serving(self.releases, previous))
                if keepers(self.releases):
                    self.step("rollback.smoke", "5.3", "it passes the smoke test", lambda: _smoked(previous))
            except Red:
                return self.report.code
            self.report.say(f"Release {previous.name} is current.", release=previous.name, was=current.name)
            return DONE


def cannot_go_back(to: Release, since: Release) -> str:
    """Why the older release would not work with the database as it is now; "" when it does."""
    applied = {f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()}
    newer = applied & (set(since.manifest["migrations"]) - set(to.manifest["migrations"]))
    taken = sorted(newer & set(since.manifest["contracts"]))
    if taken:
        return (
            f"{', '.join(taken)} took away what it uses. Restore a backup of {to.name} with ./runbook restore instead."
        )
    return ""


def find_release(releases: Releases, name: str, source: Path | None, **options: bool) -> Release:
    if name:
        return releases.named(name)
    if source is None:
        raise Stop("Say which release (--release NAME): this is none that could be built from.", REFUSED)
    return build_release(source, releases, **options)


def _whole(release: Release) -> str:
    wrong = release.problems()
    if wrong:
        raise Stop(f"{len(wrong)} files differ, such as {wrong[0]}", REFUSED)
    return f"{len(release.manifest['files'])} files"


def _migrate(release: Release) -> str:
    done = run(release, ["migrate", "--json"], {}, within=MIGRATED_WITHIN)
    if done.returncode:
        last = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()][-1:]
        raise Stop(f"exit {done.returncode}: {' '.join(last)[:400]}")
    return ""


def _tried(release: Release) -> str:
    with on_a_side_port(release) as address:
        wrong = smoke_of(release, address)
    if wrong:
        raise Stop("; ".join(wrong)[:600])
    return ""


def _smoked(release: Release) -> str:
    wrong = smoke_of(release, settings.BASE_URL)
    if wrong:
        raise Stop("; ".join(wrong)[:600])
    return settings.BASE_URL


def _said(names: list[str], secrets: list[str]) -> str:
    changed = f"changed back: {', '.join(names)}" if names else "nothing differs"
    return changed + (f"; secrets that differ and stay as they are: {', '.join(secrets)}" if secrets else "")
