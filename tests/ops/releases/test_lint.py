"""Migrations only add: what is refused, and what the marker allows."""

import pytest
from django.core.management import call_command
from django.db import migrations, models

from superviseme import __version__
from superviseme.ops.releases.lint import problems
from superviseme.ops.releases.wheel import tomllib
from tests.house import ROOT

TEXT = models.TextField()


def a_migration(*operations, expanded_in=None):
    migration = migrations.Migration("0009_seeded", "ops")
    migration.operations = list(operations)
    if expanded_in:
        migration.expanded_in = expanded_in
    return migration


REFUSED = [
    migrations.RemoveField("lease", "holder"),
    migrations.DeleteModel("lease"),
    migrations.RenameField("lease", "holder", "keeper"),
    migrations.RenameModel("lease", "claim"),
    migrations.AlterModelTable("lease", "claims"),
    migrations.RunSQL("ALTER TABLE ops_lease DROP COLUMN holder"),
    migrations.RunSQL(["CREATE TABLE x (y int)", "alter table ops_lease rename to claims"]),
    migrations.SeparateDatabaseAndState([migrations.RemoveField("lease", "holder")], []),
    migrations.AddField("lease", "why", models.TextField(default="")),
    migrations.AlterField("lease", "beat_at", models.DateTimeField()),
]


@pytest.mark.parametrize("operation", REFUSED)
def test_what_the_release_before_would_miss_is_refused(operation):
    assert len(problems(a_migration(operation), "1.1.0")) == 1


@pytest.mark.parametrize("operation", REFUSED[:8])
def test_taking_away_is_refused_before_the_first_release_too(operation):
    assert len(problems(a_migration(operation), "1.0.0")) == 1


def test_what_only_adds_is_let_through():
    adds = [
        migrations.CreateModel("claim", [("id", models.BigAutoField(primary_key=True)), ("why", TEXT)]),
        migrations.AddField("claim", "more", TEXT),
        migrations.AddField("lease", "why", models.TextField(null=True)),
        migrations.AddField("lease", "late", models.BooleanField(default=False, db_default=False)),
        migrations.RunSQL("CREATE INDEX x ON ops_lease (holder)"),
    ]
    assert problems(a_migration(*adds), "1.1.0") == []


@pytest.mark.parametrize("marker, lines", [("1.0.0", 0), ("1.1.0", 1), ("1.2.0", 1), ("soon", 1)])
def test_taking_away_waits_for_a_release_that_has_stopped_using_it(marker, lines):
    taking = a_migration(migrations.RemoveField("lease", "holder"), expanded_in=marker)
    assert len(problems(taking, "1.1.0")) == lines


def test_ours_only_add(capsys):
    call_command("lint_migrations")
    assert capsys.readouterr().out.endswith(" migrations only add.\n")


def test_the_version_is_said_once():
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == __version__
