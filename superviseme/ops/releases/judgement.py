"""A release that is current and was not judged yet.

From before the links change until the smoke test in public is green a mark stands beside them. A deploy that is killed in
between leaves it behind; whoever sees it with nobody deploying (a keeper, the next deploy) puts the release before back, as
a red smoke test would have.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from typing import Any

import structlog

from superviseme.ops.exits import Stop

from .layout import Release, Releases

log = structlog.get_logger("superviseme.releases")
MARK = "on-trial.json"


@dataclass(frozen=True)
class Trial:
    release: str
    was: str  # current before
    before: str  # previous before, "" for none
    why_not: str  # why `was` cannot be put back, "" when it can


def begin(releases: Releases, release: Release, *, was: Release, before: Release | None, why_not: str) -> None:
    trial = Trial(release.name, was.name, before.name if before else "", why_not)
    beside = releases.folder / f".{MARK}.{os.getpid()}"
    with beside.open("w") as file:
        file.write(json.dumps(asdict(trial)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, releases.folder / MARK)


def end(releases: Releases) -> None:
    (releases.folder / MARK).unlink(missing_ok=True)


def standing(releases: Releases) -> Trial | None:
    """A mark that cannot be read is as good as none: it is written whole or not at all."""
    try:
        said: dict[str, Any] = json.loads((releases.folder / MARK).read_text())
        return Trial(**said)
    except (OSError, ValueError, TypeError):
        return None


def put_back(releases: Releases) -> Trial | None:
    """Under the lock: what a cut-off deploy left is undone, if it may be; says which trial that was. Twice is once."""
    trial = standing(releases)
    if trial is None or trial.why_not:
        return None
    was = releases.named(trial.was)
    releases.point("current", was)
    releases.point("previous", releases.named(trial.before) if trial.before else None)
    end(releases)
    log.error("A deploy was cut off before its release was judged.", release=trial.release, serves=was.name)
    return trial


def put_back_when_abandoned(releases: Releases) -> None:
    """For keepers: nothing happens while a deploy holds the lock."""
    trial = standing(releases)
    if trial and not trial.why_not:
        with contextlib.suppress(Stop), releases.locked():
            put_back(releases)
