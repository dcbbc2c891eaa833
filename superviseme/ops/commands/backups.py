"""backup create, list, verify, prune."""

import argparse

from superviseme.ops.checks import Finding, Probe, Report, Status
from superviseme.ops.exits import DONE, NEEDS_A_PERSON, Stop

from . import Commands, command, django, family

PATIENCE = 300  # seconds that an operator or a deploy waits for the scheduler's backup


def add(commands: Commands) -> None:
    words = family(commands, "backup", "copies of the database and the files")
    command(words, "create", "make one while the site runs, and read it to the last byte", _create)
    command(words, "list", "what there is, newest first", _list)
    verify = command(words, "verify", "read every byte of one (default: the newest)", _verify)
    verify.add_argument("id", nargs="?", default="", help="which one")
    verify.add_argument("--all", action="store_true", help="every one")
    verify.add_argument("--deep", action="store_true", help="really restore it beside, and compare what it holds")
    fetch = command(
        words, "fetch", "bring one back from BACKUP_S3_BUCKET (default: the newest there), and verify it", _fetch
    )
    fetch.add_argument("id", nargs="?", default="", help="which one")
    prune = command(words, "prune", "remove what no rule of BACKUP_KEEP keeps", _prune)
    prune.add_argument("--keep", default="", help="other rules, such as last=12,daily=14")
    prune.add_argument("--dry-run", action="store_true", help="only say what would be removed")


def _create(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.backup.create import create  # needs settings

    made = create(patience=PATIENCE)
    report.say(
        f"{made.id}: {made.people} people, {len(made.tables)} tables, {made.files['count']} files, {made.size} bytes.",
        id=made.id,
        site=made.site,
        bytes=made.size,
    )
    if made.missing:
        report.say(
            f"{len(made.missing)} files that rows name were not there: {made.missing[0]} …", missing=made.missing
        )
        return NEEDS_A_PERSON
    return DONE


def _list(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.backup.listing import listing  # needs settings

    rows = [row.facts() for row in listing()]
    for row in rows:
        report.say(
            f"{row['id']}  {row['state']:9} {row['bytes']:>12} bytes  site {row['site']}  {row['people']} people"
        )
    report.say("" if rows else "There is none yet: ./runbook backup create.", backups=rows)
    return DONE


def _verify(chosen: argparse.Namespace, report: Report) -> None:
    django()
    from superviseme.ops.backup import place  # needs settings
    from superviseme.ops.backup.verify import verify

    folders = place.folders() if chosen.all else [place.named(chosen.id)] if chosen.id else place.folders()[:1]
    if not folders:
        raise Stop(f"There is no backup in {place.root()}: ./runbook backup create.")
    expected = "restored, it holds what it held" if chosen.deep else "every byte is as it was written"
    for folder in folders:

        def ask(folder=folder) -> Finding:  # type: ignore[no-untyped-def]  # the folder of this turn
            found = verify(folder, deep=chosen.deep)
            measured = f"{len(found.parts) + found.files['count']} files, {found.size} bytes"
            if found.missing:
                lacks = f"{measured}; {len(found.missing)} files were lost before it was made"
                return Finding(Status.WARNING, lacks, "look for them in an older backup")
            return Finding(measured=measured)

        report.ask(Probe(f"backup.{folder.name}", "6.B4", expected, ask))


def _fetch(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.backup import offsite, place  # need settings
    from superviseme.ops.backup.verify import verify

    there = offsite.listed()
    number = chosen.id or (there[0] if there else "")
    if number not in there:
        raise Stop(f"There is no backup {number} in the bucket." if number else "There is no backup in the bucket.")
    with place.lock():
        folder = offsite.fetch(number, place.root())
    found = verify(folder)
    report.say(f"{found.id}: fetched and read to the last byte, {found.size} bytes.", id=found.id, site=found.site)
    return DONE


def _prune(chosen: argparse.Namespace, report: Report) -> int:
    django()
    from superviseme.ops.backup import rotate  # needs settings
    from superviseme.ops.restore.kept import prune_kept

    removed = rotate.prune(keep=chosen.keep, dry=chosen.dry_run)
    kept = [] if chosen.dry_run else prune_kept()
    verb = "would be removed" if chosen.dry_run else "removed"
    report.say(f"{len(removed)} backups and {len(kept)} replaced databases {verb}.", removed=removed, replaced=kept)
    return DONE
