"""The restore itself, stage by stage. Whatever fails before the last stage leaves the live database as it was."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog
from django.conf import settings
from django.core.files.base import File
from django.db import Error, connections

from superviseme.ops.backup import manifest, place, seal
from superviseme.ops.backup.manifest import Manifest
from superviseme.ops.backup.verify import refuse_other_contents, scratch, verify
from superviseme.ops.exits import Stop
from superviseme.ops.maintenance import flag
from superviseme.ops.operations import who
from superviseme.outbox.hold import hold, settle
from superviseme.places import CODE
from superviseme.web.time import now
from superviseme.workspaces.files import storage

from . import choose
from .choose import Ask, Live

log = structlog.get_logger("superviseme.restore")
PATIENCE = 25  # seconds for the scheduler to finish the letter in hand
STAGES = (
    "reading every byte",
    "comparing with this release",
    "comparing with this site",
    "asking",
    "closing the site",
    "waiting for the scheduler",
    "restoring beside",
    "comparing what it holds",
    "migrating forward",
    "comparing again",
    "putting files back",
    "holding letters",
    "switching",
)
At = Callable[[str], None]


def restore(
    folder: Path,
    *,
    adopt: bool = False,
    force: bool = False,
    yes: str = "",
    ask: Ask | None = None,
    at: At = lambda stage: None,
) -> str:
    """Returns where the database that was replaced is kept, "" when there was none. The site stays closed."""
    choose.refuse_unverified(folder, force=force)
    at("reading every byte")
    found = verify(folder)
    at("comparing with this release")
    choose.refuse_other_engine(found)
    choose.refuse_newer(found)
    at("comparing with this site")
    live = _live()
    choose.refuse_other_site(found, live, adopt=adopt)
    at("asking")
    choose.confirm(found, live, yes=yes, ask=ask)
    at("closing the site")
    _, closed_by_us = flag.put(reason=f"Restore of {found.id}", by=who())
    try:
        return _exchange(folder, found, at)
    except BaseException:
        if closed_by_us:
            flag.take_away()
        raise


def _exchange(folder: Path, found: Manifest, at: At) -> str:
    engine = place.engine()
    at("waiting for the scheduler")
    _wait_for_scheduler(engine)
    with place.lock():
        at("restoring beside")
        with scratch(folder, found) as (restored, seen):
            at("comparing what it holds")
            refuse_other_contents(found, seen)
            at("migrating forward")
            if choose.is_older(found):
                _migrate(restored.url)
            at("comparing again")
            _refuse_lost_rows(found, restored.see().contents)
            at("putting files back")
            _put_files_back(folder, found)
            at("holding letters")
            hold(f"Restored from {found.id}")
            at("switching")
            kept = engine.switch(restored, stamp=f"{now():%Y%m%d%H%M%S}")
    _hold_everywhere()
    log.warning("A backup was restored.", backup=found.id, kept=kept)
    return kept


def _hold_everywhere() -> None:
    """The new database says it too, for schedulers on other machines."""
    connections.close_all()
    with suppress(Error):  # the file holds here all the same
        settle()


def _live() -> Live | None:
    found = place.engine().look()
    return Live(*found) if found else None


def _wait_for_scheduler(engine: place.Engine) -> None:
    """It lets its lease go within two seconds of closing, or after the letter it is sending."""
    deadline = time.monotonic() + PATIENCE
    while engine.is_led() and time.monotonic() < deadline:
        time.sleep(0.5)


def _migrate(url: str) -> None:
    """With this release's migrations, in a process of its own that knows only the new database."""
    names = {"DATABASE_URL": url, "DATABASE_URL_FILE": "", "PG_HOST": ""}
    site = {"DATA_DIR": str(settings.DATA_DIR), "SITE_MODE": settings.SITE_MODE}
    site |= {"DJANGO_SETTINGS_MODULE": "superviseme.config.settings", "PYTHONPATH": str(CODE)}
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--noinput", "--verbosity=0"],
        env={**os.environ, **names, **site},
        cwd=CODE,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Stop(f"It could not be migrated forward: {(done.stderr.strip().splitlines() or ['?'])[-1]}")


def _refuse_lost_rows(found: Manifest, contents: manifest.Contents) -> None:
    """Migrations may add and rearrange; people and workspaces they must not lose."""
    for table in ("accounts_person", "workspaces_workspace"):
        had = found.tables.get(table, {}).get("rows", 0)
        has = contents.get(table, {}).get("rows", 0)
        if has < had:
            raise Stop(f"Migrating forward lost {had - has} rows of {table}.")


def _put_files_back(folder: Path, found: Manifest) -> None:
    """Files lie under their checksum: what is there already is the same, what is more harms nobody."""
    for blob in manifest.blobs_of(folder):
        if storage.has(blob.sha256, blob.size):
            continue
        kept = manifest.place_of(folder, blob, encrypted=bool(found.encrypted_to))
        plain = kept
        if found.encrypted_to:
            plain = place.root() / f".scratch-{os.getpid()}.plain"
            seal.decrypt(kept, plain)
        try:
            with plain.open("rb") as source:
                storage.put_back(blob.sha256, File(source).chunks())
        finally:
            if plain != kept:
                with suppress(FileNotFoundError):
                    plain.unlink()
