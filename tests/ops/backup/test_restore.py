"""Restoring: compared before the switch; until then, whatever fails, the live site is as it was."""

import os
import shutil
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from superviseme.accounts.models import Person
from superviseme.ops import maintenance
from superviseme.ops.backup import manifest, place
from superviseme.ops.backup.create import create
from superviseme.ops.exits import FAILED, REFUSED, USAGE, Stop
from superviseme.ops.identity import site_number
from superviseme.ops.models import Site
from superviseme.ops.restore import choose, run
from superviseme.outbox.hold import held
from superviseme.outbox.models import Hold
from superviseme.web.time import now, simulated

from .filler import fill, fingerprint

SETS = 25 if os.environ.get("LONG") == "1" else 2

pytestmark = pytest.mark.django_db


def restore(folder, **more):
    connection.close()
    return run.restore(folder, **{"yes": manifest.read(folder).site, **more})


@pytest.fixture
def made(filled):
    return place.named(create().id)


@pytest.mark.parametrize("seed", range(100, 100 + SETS))
def test_wiped_and_restored_it_holds_the_same(own_site, settings, seed):
    fill(seed=seed)
    folder = place.named(create().id)
    before = fingerprint()
    wipe(own_site, settings)
    restore(folder)
    Hold.objects.all().delete()  # the one row that restoring adds
    assert fingerprint() == before
    assert set(before["files"].values()) <= {True}


def wipe(engine, settings):
    connection.close()
    shutil.rmtree(settings.DATA_DIR)
    settings.DATA_DIR.mkdir()
    if engine.name == "postgresql":
        engine.drop(engine.database)


def test_what_came_later_is_gone_and_kept_aside(made, own_site):
    Person.objects.create(name="Late", surname="Comer", email="late@example.org")
    kept = restore(made)
    assert (Person.objects.filter(name="Late").exists(), kept != "") == (False, True)


def test_afterwards_the_site_is_closed_and_letters_are_held(made):
    restore(made)
    assert (maintenance.state().reason, held()) == (f"Restore of {made.name}", f"Restored from {made.name}")
    assert Hold.objects.get().reason == f"Restored from {made.name}"  # on every machine, not only on this one


def test_whatever_fails_the_live_site_is_as_it_was(made):
    Person.objects.create(name="Late", surname="Comer", email="late@example.org")
    before, untouched = fingerprint(), 0
    for stage in run.STAGES:
        with pytest.raises(Pulled):
            restore(made, at=partial(fail_at, stage))
        assert (stage, fingerprint(), maintenance.state()) == (stage, before, None)
        untouched += 1
    assert [f.name for f in place.root().iterdir() if f.name.startswith(".scratch")] == []
    print(f"untouched after a failure at {untouched} of {len(run.STAGES)} stages")
    assert untouched == 13


class Pulled(Exception):
    """The plug."""


def fail_at(stage, reached):
    if reached == stage:
        raise Pulled


def test_numbers_go_on_after_the_last(made):
    newest = Person.objects.order_by("-pk").first().pk
    restore(made)
    assert Person.objects.create(name="New", surname="One", email="new@example.org").pk > newest


def test_the_backup_of_a_newer_release_is_refused(own_site):
    MigrationRecorder.Migration.objects.create(app="workspaces", name="9999_of_tomorrow")
    folder = place.named(create().id)
    before = fingerprint()
    with pytest.raises(Stop, match="workspaces.9999_of_tomorrow.*install release") as stop:
        restore(folder)
    assert (stop.value.code, fingerprint()) == (REFUSED, before)


def test_the_backup_of_an_older_release_is_migrated_forward(own_site):
    from django.core.management import call_command

    fill(seed=3)
    call_command("migrate", "ops", "0001", verbosity=0)
    folder = place.named(create().id)
    people = Person.objects.count()
    call_command("migrate", "ops", verbosity=0)
    restore(folder, yes=site_number(), adopt=True)
    assert (Person.objects.count(), Site.objects.count()) == (people, 0)


def test_another_sites_backup_is_refused_unless_it_is_meant(made):
    ours = manifest.read(made).site
    Site.objects.update(number="f" * 16)
    with pytest.raises(Stop, match="another site") as stop:
        restore(made, yes="f" * 16)
    assert stop.value.code == REFUSED
    restore(made, yes="f" * 16, adopt=True)
    assert site_number() == ours


def test_a_site_without_accounts_becomes_the_one_it_restores(made):
    ours = manifest.read(made).site
    live = choose.Live("f" * 16, 0)
    choose.refuse_other_site(manifest.read(made), live, adopt=False)
    choose.confirm(manifest.read(made), live, yes=ours, ask=None)


def test_it_asks_which_site_is_meant(made):
    for yes, typed, code in (("0" * 16, None, REFUSED), ("", None, USAGE), ("", "Another", REFUSED)):
        with pytest.raises(Stop) as stop:
            restore(made, yes=yes, ask=None if typed is None else lambda words, typed=typed: typed)
        assert stop.value.code == code
    choose.confirm(manifest.read(made), None, yes="", ask=lambda words: "SuperviseMe")


def test_one_that_was_never_verified_needs_force(made):
    place.note_damaged(made)
    with pytest.raises(Stop, match="never verified"):
        restore(made)
    choose.refuse_unverified(made, force=True)


def test_the_newest_good_one_by_a_moment_is_found(made):
    with simulated(now() + timedelta(seconds=2)):
        second = create()
    assert (choose.chosen().name, choose.chosen(at="2100-01-01").name) == (second.id, second.id)
    with pytest.raises(Stop) as stop:
        choose.chosen(at="2001-01-01")
    assert stop.value.code == FAILED


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="a database is a file on SQLite only")
def test_a_live_file_that_is_no_database_is_put_aside(made, own_site):
    connection.close()
    for ending in ("-wal", "-shm"):
        own_site.file.with_name(own_site.file.name + ending).unlink(missing_ok=True)
    own_site.file.write_bytes(b"rubbish" * 1000)
    kept = restore(made)
    assert (Person.objects.exists(), open(kept, "rb").read(7)) == (True, b"rubbish")
