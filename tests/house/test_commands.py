import importlib.util
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from . import ROOT, commands


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120
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
    refusal = _module("_python").refusal
    assert refusal((3, 9)) == "SuperviseMe needs Python 3.11 or newer, and this is 3.9: start it with a newer one."
    assert refusal((3, 11)) == ""


def test_every_command_asks_for_the_version_first() -> None:
    imports = [
        line for file in commands() for line in file.read_text().splitlines() if re.match("(from|import) _", line)
    ]
    first = [next(line for line in file.read_text().splitlines() if line in imports) for file in commands()]
    assert {line.split("#")[0].strip() for line in first} == {"import _python"}


def test_a_step_is_repeated_only_when_its_sources_changed(tmp_path: Path) -> None:
    setup, stamp, done = _module("_setup"), tmp_path / "stamp", []
    for figure in ("a", "a", "b"):
        with setup.unless_unchanged(stamp, figure) as work:
            done.append(work)
    assert done == [True, False, True]


def test_a_step_that_failed_is_repeated(tmp_path: Path) -> None:
    setup, stamp = _module("_setup"), tmp_path / "stamp"
    with pytest.raises(ZeroDivisionError), setup.unless_unchanged(stamp, "a"):
        raise ZeroDivisionError
    with setup.unless_unchanged(stamp, "a") as work:
        assert work is True


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "bin" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
