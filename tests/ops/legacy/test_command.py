"""manage.py import_predecessor FILE [--dry-run] [--json]."""

import json
import sqlite3
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from superviseme.accounts.models import Person
from superviseme.events.models import Event
from superviseme.ops.legacy import run
from superviseme.ops.legacy.run import import_predecessor
from superviseme.ops.models import LegacyRow
from superviseme.workspaces.models import Todo, Workspace

from .predecessor import THEN, Predecessor

pytestmark = pytest.mark.django_db


def small(path: Path, *, version: int = 5, **user: Any) -> Path:
    old = Predecessor(path, version=version)
    old.user("alice@x.org", **user)
    old.user("bob@x.org", "supervisor")
    old.add("thesis", author_id=1, is_public=0)
    old.add("todo", thesis_id=1, author_id=1)
    return old.done()


def test_json_is_all_that_is_printed_and_every_row_is_accounted_for(tmp_path: Path) -> None:
    out = StringIO()

    call_command("import_predecessor", str(small(tmp_path / "old")), "--json", stdout=out)

    report = json.loads(out.getvalue())
    assert report["tables"]["user_mgmt"] == {"read": 2, "imported": 2, "merged": 0, "refused": 0}
    assert report["tables"]["alembic_version"] == {"read": 1, "imported": 0, "merged": 1, "refused": 0}
    assert len(report["tables"]) == 31
    assert {type(entry) for entry in report["changed"] + report["refused"]} == {dict}


def test_people_get_a_table_and_the_reasons(tmp_path: Path) -> None:
    out = StringIO()

    call_command("import_predecessor", str(small(tmp_path / "old", user_type="wizard")), stdout=out)

    assert "user_mgmt.user_type: «wizard» is no role; the account has none (rows 1)" in out.getvalue()
    assert out.getvalue().rstrip().endswith("Imported.")


def test_a_dry_run_says_the_same_and_changes_nothing(tmp_path: Path) -> None:
    dry = import_predecessor(small(tmp_path / "old"), dry_run=True)

    assert dry.imported == 4
    assert (Person.objects.count(), Event.objects.count(), LegacyRow.objects.count()) == (0, 0, 0)
    assert import_predecessor(tmp_path / "old").counts() == dry.counts()


def test_a_second_run_merges_everything_and_a_grown_file_adds_what_is_new(tmp_path: Path) -> None:
    file = small(tmp_path / "old")
    import_predecessor(file)
    assert import_predecessor(file).imported == 0

    with sqlite3.connect(file) as connection:
        connection.execute(
            "INSERT INTO todo (id, thesis_id, author_id, title, created_at) VALUES (9, 1, 2, 'New', ?)", [THEN]
        )
    report = import_predecessor(file)

    assert report.tables["todo"] == {"read": 2, "imported": 1, "merged": 1, "refused": 0}
    assert [(t.number, t.title) for t in Todo.objects.order_by("number")] == [(1, "A title"), (9, "New")]
    assert Workspace.objects.get().last_todo == 9


def test_what_was_removed_for_good_does_not_come_back_and_harms_nothing(tmp_path: Path) -> None:
    file = small(tmp_path / "old")
    import_predecessor(file)
    Todo.objects.all().delete()

    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO thesis_update (id, thesis_id, author_id, content) VALUES (1, 1, 1, 'New')")
        connection.execute("INSERT INTO todo_reference (id, update_id, todo_id) VALUES (1, 1, 1)")
    report = import_predecessor(file)

    assert Todo.objects.count() == 0
    assert (report.tables["thesis_update"]["imported"], report.tables["todo_reference"]["refused"]) == (1, 1)


def test_another_database_is_not_taken_for_the_first(tmp_path: Path) -> None:
    import_predecessor(small(tmp_path / "one"))
    other = Predecessor(tmp_path / "two")
    other.user("carol@x.org", joined_on=THEN + 500)
    other.add("thesis", author_id=1, title="Another")

    report = import_predecessor(other.done())

    assert report.tables["thesis"]["imported"] == 1
    assert sorted(Workspace.objects.values_list("title", flat=True)) == ["A title", "Another"]


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5])
def test_every_schema_of_the_predecessor_is_read(version: int, tmp_path: Path) -> None:
    report = import_predecessor(small(tmp_path / "old", version=version))

    assert (Person.objects.count(), Todo.objects.count()) == (2, 1)
    assert report.refusals == []
    assert len(report.tables) == 31


def test_what_fails_half_way_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("pulled the plug")

    monkeypatch.setattr(run, "import_publications", broken)

    with pytest.raises(CommandError) as failed:
        call_command("import_predecessor", str(small(tmp_path / "old")))

    assert failed.value.returncode == 1
    assert Person.objects.count() == 0


@pytest.mark.parametrize("kind", ["missing", "folder", "text", "empty", "another", "cut"])
def test_a_file_that_is_no_predecessor_is_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    if kind == "folder":
        file.mkdir()
    elif kind in ("text", "empty"):
        file.write_text("Not a database" * 100 if kind == "text" else "")
    elif kind == "another":
        sqlite3.connect(file).executescript("CREATE TABLE other (id); INSERT INTO other VALUES (1)").connection.close()
    elif kind == "cut":
        file.write_bytes(small(tmp_path / "whole").read_bytes()[:5000])

    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_predecessor", str(file), "--json", stdout=out)

    assert refused.value.returncode == 2
    assert list(json.loads(out.getvalue())) == ["error"]


def test_the_file_is_neither_changed_nor_locked(tmp_path: Path) -> None:
    file = small(tmp_path / "old")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE user_mgmt SET name = 'From the log' WHERE id = 1")
    before = sorted(p.name for p in tmp_path.iterdir())

    import_predecessor(file)

    assert Person.objects.get(email="alice@x.org").name == "From the log"
    assert sorted(p.name for p in tmp_path.iterdir()) == before
