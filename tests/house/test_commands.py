import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from . import ROOT

REFERENCE = ROOT / "data_schema" / "database_dashboard.db"


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=60
    )


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run("bin/run", PORT=str(port), HOST="127.0.0.1", DATA_DIR=str(tmp_path))
    assert done.stderr == (
        f"Port {port} is taken: stop what listens there, or choose another, for example PORT={port + 1} bin/run.\n"
    )
    assert (done.returncode, done.stdout) == (1, "")


def test_a_folder_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("bin/run", PORT="8119", HOST="", DATA_DIR=str(tmp_path / "file" / "data"))
    assert done.stderr == f"The folder {tmp_path}/file/data cannot be written to: Not a directory.\n"
    assert done.returncode == 1


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "٣"])
def test_a_port_that_is_none_is_one_sentence(port: str) -> None:
    done = run("bin/run", PORT=port)
    assert done.stderr == f"PORT={port} is not a port: it is a whole number from 1 to 65535.\n"
    assert done.returncode == 1


def test_a_host_nobody_knows_is_one_sentence() -> None:
    done = run("bin/run", HOST="nowhere.invalid")
    assert done.stderr.startswith("HOST=nowhere.invalid is not an address of this machine")
    assert (done.stderr.count("\n"), done.returncode) == (1, 1)


def test_an_old_python_is_one_sentence() -> None:
    setup = _setup()
    with pytest.raises(setup.SetupError) as refused:
        setup.require_python((3, 9))
    assert str(refused.value) == "SuperviseMe needs Python 3.11 or newer, and this is 3.9: start it with a newer one."


def test_this_python_is_new_enough() -> None:
    _setup().require_python()


def test_a_step_is_repeated_only_when_its_sources_changed(tmp_path: Path) -> None:
    setup, stamp, done = _setup(), tmp_path / "stamp", []
    for figure in ("a", "a", "b"):
        with setup.unless_unchanged(stamp, figure) as work:
            done.append(work)
    assert done == [True, False, True]


def test_a_step_that_failed_is_repeated(tmp_path: Path) -> None:
    setup, stamp = _setup(), tmp_path / "stamp"
    with pytest.raises(ZeroDivisionError), setup.unless_unchanged(stamp, "a"):
        raise ZeroDivisionError
    with setup.unless_unchanged(stamp, "a") as work:
        assert work is True


def _setup() -> ModuleType:
    spec = importlib.util.spec_from_file_location("_setup", ROOT / "bin" / "_setup.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
