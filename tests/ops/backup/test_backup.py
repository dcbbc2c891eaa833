"""Backups: made while the site runs, whole or not there, and every damage to them is found."""

import json
import os
import random
import sqlite3
import stat
import threading
from contextlib import closing

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from superviseme.accounts.models import Person
from superviseme.ops.backup import facts, manifest, place, rotate, seal
from superviseme.ops.backup.contents import sqlite_contents
from superviseme.ops.backup.create import create
from superviseme.ops.backup.verify import verify
from superviseme.ops.exits import REFUSED, Stop
from superviseme.workspaces.files import storage
from superviseme.workspaces.files.named import all_named
from superviseme.workspaces.models import FileVersion

LONG = os.environ.get("LONG") == "1"
FLIPS, CUTS = (200, 20) if LONG else (40, 10)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(filled):
    return place.named(create().id)


def test_a_backup_says_what_it_holds_and_whose_it_is(made):
    said = manifest.read(made)
    assert (said.people, said.tables["accounts_person"]["rows"]) == (Person.objects.count(), Person.objects.count())
    assert (said.engine, said.heads["ops"], len(said.site), said.missing) == (
        connection.vendor,
        said.heads["ops"],
        16,
        [],
    )
    assert said.files["count"] == len(set(all_named())) > FileVersion.objects.values("sha256").distinct().count()


def test_a_database_from_before_there_were_pictures_is_read_as_well():
    with closing(sqlite3.connect(":memory:")) as older:
        older.execute("CREATE TABLE accounts_person (id integer PRIMARY KEY)")
        older.execute("CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text)")
        older.execute("INSERT INTO django_migrations VALUES (1, 'accounts', '0004_newest_people')")
        seen = facts.see(sqlite_contents(older), lambda question: older.execute(question).fetchall())
    assert (seen.people, seen.applied, seen.files) == (0, ["accounts.0004_newest_people"], [])


def test_the_migration_that_brought_pictures_is_called_as_backups_know_it():
    app, name = facts.WITH_PICTURES.split(".")
    assert (app, name) in MigrationLoader(None, ignore_no_migrations=True).disk_migrations


def test_it_is_good_as_soon_as_it_has_its_name(made):
    assert place.latest_good()[0] == made


def test_only_its_owner_may_read_it(made):
    modes = {stat.S_IMODE(path.stat().st_mode) for path in made.rglob("*") if path.is_file()}
    folders = {stat.S_IMODE(path.stat().st_mode) for path in [made, *made.rglob("*")] if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})


def test_no_secret_stands_in_it(made, settings):
    everything = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    assert settings.SECRET_KEY.encode() not in everything
    assert manifest.read(made).keys["SECRET_KEY"] in everything.decode(errors="replace")


def test_really_restored_it_holds_the_same(made):
    verify(made, deep=True)
    assert place.verified(made).deep_at != ""


def test_figures_do_not_depend_on_the_engine():
    from datetime import UTC, datetime
    from decimal import Decimal

    from superviseme.ops.backup.contents import Table, digest

    names = ("a", "b", "c", "d", "e")
    sqlite = Table("t", tuple(zip(names, ("bool", "datetime", "decimal", "json", "varchar"), strict=True)), ("a",))
    kinds = ("boolean", "timestamp with time zone", "numeric", "jsonb", "text")
    postgres = Table("t", tuple(zip(names, kinds, strict=True)), ("a",))
    moment = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert digest(sqlite, [(1, "2026-11-25 12:00:00", 1.7, '{"b": [1], "a": "ä"}', "x")]) == digest(
        postgres, [(True, moment, Decimal("1.70"), {"a": "ä", "b": [1]}, "x")]
    )


def test_files_that_an_older_one_has_are_not_copied_again(made):
    second = place.named(create().id)
    blobs = manifest.blobs_of(second)
    links = {manifest.place_of(second, blob, encrypted=False).stat().st_nlink for blob in blobs}
    assert (len(blobs) > 0, links) == (True, {2})


def test_a_damaged_file_of_an_older_one_is_copied_from_the_site(made):
    blob = manifest.blobs_of(made)[0]
    manifest.place_of(made, blob, encrypted=False).write_bytes(b"rotten")
    second = place.named(create().id)
    assert verify(second).missing == []


def test_a_file_that_the_site_lost_is_named_and_does_not_stop_the_backup(filled):
    lost = FileVersion.objects.first().sha256
    storage.path_of(lost).unlink()
    assert create().missing == [lost]


def test_every_flipped_byte_is_found(made):
    chance, found = random.Random(7), 0  # noqa: S311 - no secret
    files = [path for path in made.rglob("*") if path.is_file()]
    for _ in range(FLIPS):
        file = chance.choices(files, weights=[path.stat().st_size for path in files])[0]
        found += _found_after(made, file, lambda content: _flipped(content, chance.randrange(len(content)), chance))
    print(f"{found} of {FLIPS} flipped bytes found")
    assert found == FLIPS > 0


def test_every_truncation_is_found(made):
    chance, found = random.Random(8), 0  # noqa: S311 - no secret
    files = [path for path in made.rglob("*") if path.is_file()]
    for turn in range(CUTS):
        file = files[turn % len(files)]
        found += _found_after(made, file, lambda content: content[: chance.randrange(len(content))])
    print(f"{found} of {CUTS} truncations found")
    assert found == CUTS > 0


def _flipped(content, at, chance):
    return content[:at] + bytes([content[at] ^ chance.randint(1, 255)]) + content[at + 1 :]


def _found_after(folder, file, change) -> bool:
    """Whether verify sees the change; afterwards the backup is as before."""
    content = file.read_bytes()
    file.write_bytes(change(content))
    try:
        verify(folder)
    except Stop as stop:
        return str(stop).startswith(folder.name)
    finally:
        file.write_bytes(content)
    return False


def test_parts_of_two_backups_do_not_mix(made, filled):
    Person.objects.filter(pk=Person.objects.first().pk).update(name="Other")
    connection.close()
    second = place.named(create().id)
    part = manifest.read(made).parts[0].name
    (second / part).write_bytes((made / part).read_bytes())
    with pytest.raises(Stop, match="is not what was written|bytes instead of"):
        verify(second)
    assert place.verified(second) is None


def test_what_does_not_belong_is_found(made):
    (made / "more").write_text("x")
    with pytest.raises(Stop, match="more does not belong"):
        verify(made)


def test_a_changed_manifest_takes_the_good_mark_away(made):
    (made / manifest.SUM).write_text("0" * 64)
    assert place.latest_good() is None


def test_a_note_half_written_by_one_that_was_killed_goes_with_the_next(made):
    half = place.root() / f".{made.name}.verified.4711"
    half.write_text('{"manif')
    with place.lock():
        pass
    assert (half.exists(), place.verified(made) is not None) == (False, True)


def test_a_note_that_was_cleared_while_it_was_written_is_written_again(made, monkeypatch):
    put = os.replace

    def cleared_first(source, target):
        monkeypatch.setattr(os, "replace", put)
        place.clear_leftovers()
        put(source, target)

    monkeypatch.setattr(os, "replace", cleared_first)
    verify(made, deep=False)
    assert (place.verified(made) is not None, os.replace is put) == (True, True)


def test_two_at_once_are_one_too_many(filled):
    with place.lock(), pytest.raises(Stop) as stop:
        create()
    assert stop.value.code == REFUSED


def test_without_room_nothing_is_begun(filled, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("", (), {"free": 1})())
    with pytest.raises(Stop, match="make room first"):
        create()
    assert place.folders() == []


def test_encrypted_it_shows_nothing_and_can_be_restored(filled, settings):
    import pyrage

    key = pyrage.x25519.Identity.generate()
    settings.BACKUP_RECIPIENT = str(key.to_public())
    document = b"words that nobody else may read" * 50
    digest, size = storage._write([document])
    FileVersion.objects.filter(pk=FileVersion.objects.first().pk).update(sha256=digest, size=size)
    connection.close()
    made = place.named(create().id)
    everything = b"".join(path.read_bytes() for path in made.rglob("*") if path.is_file())
    assert (b"words that nobody" in everything, b"example.org" in everything) == (False, False)
    with pytest.raises(Stop, match="BACKUP_IDENTITY_FILE"):
        verify(made, deep=True)
    settings.BACKUP_IDENTITY = str(key)
    assert verify(made, deep=True).encrypted_to == seal.recipient()


@pytest.mark.parametrize("keep, stay", [("last=2", 2), ("last=1,daily=3", 3), ("last=1,monthly=9", 2), ("", 1)])
def test_what_no_rule_keeps_goes(keep, stay):
    from datetime import timedelta
    from pathlib import Path

    newest = rotate.moment_of("20261105T120000Z")
    found = [rotate.One(Path(str(n)), newest - timedelta(hours=12 * n), True) for n in range(24)]
    assert len(found) - len(rotate.to_remove(found, rotate.rules(keep))) == stay


def test_nothing_goes_without_a_good_one(made):
    place.note_damaged(made)
    assert rotate.prune(keep="last=1") == []


def test_the_list_names_the_damaged(made):
    from superviseme.ops.backup.listing import listing

    (made / manifest.NAME).write_text("{}")
    assert [(row.state, json.dumps(row.facts(), default=str) != "") for row in listing()] == [("damaged", True)]


def test_one_that_was_read_and_found_damaged_is_called_so(made):
    from superviseme.ops.backup.listing import listing

    part = next(made.glob("database*"))
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    with pytest.raises(Stop):
        verify(made)
    assert [row.state for row in listing()] == ["damaged"]


def test_who_comes_second_waits_as_long_as_told(filled):
    with place.lock():
        with pytest.raises(Stop) as refused:
            create()
        assert refused.value.code == REFUSED
        begun = threading.Event()
        waiting = threading.Thread(target=lambda: (begun.set(), made.append(_locked())))
        made: list[bool] = []
        waiting.start()
        begun.wait()
        assert made == []
    waiting.join(timeout=30)
    assert made == [True]


def _locked() -> bool:
    with place.lock(patience=30):
        return True
