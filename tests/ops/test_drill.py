"""The drill in its short form: packages are those of this run, on SQLite; tests/long/test_drill.py has PostgreSQL."""

import json
import os
import subprocess
import sys

import pytest

from superviseme.ops.cli import main
from superviseme.ops.drill.place import Place
from superviseme.ops.exits import Stop
from superviseme.places import CODE

BUILT = (CODE / "build" / "static" / "staticfiles.json").is_file()
SERVER = os.environ.get("TEST_DATABASE_URL", "")
STEPS = """place migrate backup_first preflight deploy smoke rolled_back requests backup marks wipe restore open kept
time""".split()


@pytest.mark.skipif(not BUILT, reason="the static files are not built")
@pytest.mark.skipif(bool(SERVER), reason="on PostgreSQL by bin/test --long: tests/long/test_drill.py")
def test_a_site_is_deployed_broken_rolled_back_wiped_and_restored(capsys):
    said = drilled("sqlite", "--short")
    assert [check["id"].rpartition(".")[2] for check in said["checks"]] == STEPS
    with capsys.disabled():
        print(f"\ndrill on sqlite: {said['figures']['sqlite']}")


def drilled(kind, *words, server=""):
    """What a drill said that went well, with the packages of this run."""
    mine = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    done = subprocess.run(
        [sys.executable, str(CODE / "runbook"), "drill", "--json", "--borrow-packages", "--database", kind, *words],
        env=mine | {"DRILL_POSTGRES": server},
        capture_output=True,
        text=True,
        timeout=600,
    )
    said = json.loads(done.stdout)
    red = [f"{check['id']}: {check['measured']}" for check in said["checks"] if check["status"] != "ok"]
    assert (red, done.returncode) == ([], 0), done.stderr
    return said


def test_a_drill_wants_a_folder_of_its_own(tmp_path):
    (tmp_path / "something").touch()
    with pytest.raises(Stop, match="is not empty"):
        Place(tmp_path, "sqlite:///x").make()


def test_postgresql_has_to_be_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DRILL_POSTGRES", raising=False)
    assert main(["drill", "--database", "both"]) == 2
