"""Which backup, and whether it may come here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from superviseme.ops.backup import manifest, place
from superviseme.ops.backup.manifest import Manifest
from superviseme.ops.exits import FAILED, REFUSED, USAGE, Stop

Ask = Callable[[str], str]


@dataclass(frozen=True)
class Live:
    """What stands here now: the number of the site and how many people it has."""

    site: str
    people: int


def chosen(*, number: str = "", at: str = "") -> Path:
    """By its name; the newest good one not younger than a moment; else the newest good one."""
    if number:
        return place.named(number)
    wanted = place.moment_of(at) if at else None
    for folder in place.folders():
        if place.verified(folder) and (wanted is None or manifest.read(folder).moment <= wanted):
            return folder
    older = f" from {at} or before" if at else ""
    raise Stop(f"There is no verified backup{older} in {place.root()}. ./runbook backup verify looks at one.", FAILED)


def refuse_unverified(folder: Path, *, force: bool) -> None:
    if not force and place.verified(folder) is None:
        raise Stop(
            f"{folder.name} was never verified, or not since it changed: ./runbook backup verify {folder.name}, or --force.",
            REFUSED,
        )


def refuse_newer(found: Manifest) -> None:
    """Migrations that this release does not know cannot be taken back."""
    known = MigrationLoader(None).disk_migrations
    names = {f"{app}.{name}" for app, name in known}
    names |= {f"{app}.{name}" for one in known.values() for app, name in one.replaces}
    unknown = sorted(set(found.applied) - names)
    if unknown:
        raise Stop(
            f"{found.id} was made by release {found.release}, which knows more than this one ({unknown[0]}): "
            f"install release {found.release} and restore with it.",
            REFUSED,
        )


def is_older(found: Manifest) -> bool:
    """Whether this release has migrations that it lacks."""
    return any(f"{app}.{name}" not in found.applied for app, name in MigrationLoader(None).graph.nodes)


def refuse_other_engine(found: Manifest) -> None:
    if found.engine != place.engine().name:
        raise Stop(f"{found.id} is of {found.engine}, and this site has {place.engine().name}.", REFUSED)


def refuse_other_site(found: Manifest, live: Live | None, *, adopt: bool) -> None:
    if live and live.people and live.site and found.site != live.site and not adopt:
        raise Stop(
            f"{found.id} is of another site ({found.site_name}, {found.site}); here is {live.site} with {live.people} "
            "people. --adopt makes this site that one.",
            REFUSED,
        )


def confirm(found: Manifest, live: Live | None, *, yes: str, ask: Ask | None) -> None:
    """The number of the site by --yes, or its name typed by a person who has read what is replaced."""
    number = live.site if live and live.people else found.site
    if yes:
        if yes not in (number, found.site if not (live and live.people) else number):
            raise Stop(f"--yes {yes} is not the number of this site ({number}): is this the right machine?", REFUSED)
        return
    if ask is None:
        raise Stop(f"Say which site is meant: --yes {number}.", USAGE)
    here = f"{live.people} people" if live else "no database"
    said = ask(
        f"This replaces {settings.SITE_NAME} ({number}, {here}) by {found.id} ({found.people} people, made {found.made_at}).\n"
        f"Type the name of the site to go on: "
    )
    if said.strip() != settings.SITE_NAME:
        raise Stop("That is not its name. Nothing was changed.", REFUSED)
