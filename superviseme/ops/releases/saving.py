"""The backup before a rollout: made by the release that serves, so that it carries its name, and read to the last byte."""

import json

from superviseme.ops.backup import manifest, place
from superviseme.ops.backup.create import create
from superviseme.ops.backup.manifest import Manifest
from superviseme.ops.exits import FAILED, NEEDS_A_PERSON, Stop

from .layout import Release, Releases
from .trial import run

SAVED_WITHIN, PATIENCE = 3600, 300


def save(releases: Releases, *, without: bool) -> str:
    """What was saved, in words; a Stop when it could not be."""
    if without:
        return "left out, as asked"
    if place.engine().look() is None:
        return "there is no database yet"
    current = releases.current
    made = _by(current) if current else create(patience=PATIENCE)
    lost = f", {len(made.missing)} files were lost before" if made.missing else ""
    return f"{made.id}, {made.size} bytes{lost}"


def _by(release: Release) -> Manifest:
    done = run(release, ["backup", "create", "--json"], {}, within=SAVED_WITHIN)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        raise Stop(f"{release.name} makes none: {(done.stderr or done.stdout).strip()[-300:]}") from None
    if said["exit"] not in (0, NEEDS_A_PERSON) or "id" not in said:  # the latter: files had been lost before
        raise Stop(said["reason"] or f"{release.name} makes none.", said["exit"] or FAILED)
    return manifest.read(place.named(said["id"]))
