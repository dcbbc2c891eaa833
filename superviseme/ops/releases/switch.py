"""The moment of change: links, kept environment, and what the keepers make of it."""

import shutil
import time
from collections.abc import Callable
from typing import Any

from superviseme.ops.exits import Stop

from . import environment
from .keeper import keepers
from .layout import Release, Releases

SWITCHED_WITHIN = 90
WATCHED = 2.0  # seconds a started release is listened to before it counts as well


def switch(releases: Releases, to: Release, *, keep_environment: bool) -> None:
    """From now on keepers serve this release; the one before is `previous`."""
    current = releases.current
    if current and current.name != to.name:
        releases.point("previous", current)
    if keep_environment:
        environment.keep(to)
    releases.point("current", to)


def serving(releases: Releases, release: Release) -> str:
    """Waits until every keeper serves it without an error in its log; says how many. Stop when one does not."""
    wanted = (release.name, environment.stamp(release))
    _until(releases, lambda said: (said["release"], said["stamp"]) == wanted, release)
    if keepers(releases):
        time.sleep(WATCHED)
    for said in keepers(releases):
        if said["errors"]:
            raise Stop(f"Release {release.name} logs errors: {said['errors'][0]}")
    return f"{len(keepers(releases))} keepers"


def _until(releases: Releases, served: Callable[[dict[str, Any]], bool], release: Release) -> None:
    deadline = time.monotonic() + SWITCHED_WITHIN
    while time.monotonic() < deadline:
        waiting = [said for said in keepers(releases) if not served(said)]
        if not waiting:
            return
        for said in waiting:
            if said["state"] == "refused" and said["target"] == release.name:
                raise Stop(f"Release {release.name} did not start: {said['reason']}")
        time.sleep(0.1)
    raise Stop(f"Release {release.name} did not serve within {SWITCHED_WITHIN} s.")


def prune(releases: Releases, *, kept: int) -> list[str]:
    """Remove the oldest releases and the packages nobody names; never one that is linked or served."""
    linked = {release.name for release in (releases.current, releases.previous) if release}
    used = linked | {said[name] for said in keepers(releases) for name in ("release", "target")}
    free = [release for release in releases.all() if release.name not in used]
    gone = free[: max(0, len(free) - max(0, kept - len(used)))]
    for release in gone:
        shutil.rmtree(release.folder, ignore_errors=True)
        (releases.folder / "environments" / f"{release.name}.json").unlink(missing_ok=True)
    named = {str(release.manifest["packages"]) for release in releases.all()}
    for packages in (releases.folder / "packages").glob("*"):
        if packages.name not in named and packages.name[0] != ".":
            shutil.rmtree(packages, ignore_errors=True)
    return [release.name for release in gone]
