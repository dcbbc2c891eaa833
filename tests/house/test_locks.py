import json
import re
from pathlib import Path

import pytest

from . import ROOT, commands, named, our_files

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-node.txt")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+) \\$", re.MULTILINE)
# In pieces, so that this file does not name them itself.
REGISTRIES = [
    ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash_and_no_line_says_where_from(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    pins = [number for number, line in enumerate(lines) if "==" in line]
    assert pins
    assert [lines[number] for number in pins if not lines[number + 1].lstrip().startswith("--hash=sha256:")] == []
    assert [line for line in lines if re.match(r"-|.*://", line)] == []


def test_what_runs_is_what_was_tested() -> None:
    runtime, development = (dict(PIN.findall((ROOT / name).read_text())) for name in LOCKS[:2])
    assert runtime
    assert {
        name: (version, development.get(name)) for name, version in runtime.items() if development.get(name) != version
    } == {}


def test_the_front_end_lock_names_no_addresses() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert len(packages) > 10
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_no_file_names_a_registry() -> None:
    endings = (".py", ".md", ".txt", ".in", ".json", ".toml", ".mjs", ".js", ".yaml", ".yml", ".html", ".sh", ".cfg")
    top = [file for file in ROOT.iterdir() if file.is_file() and file.suffix in endings or file.name == ".npmrc"]
    files = [*top, *commands(), *our_files(*endings)]
    assert [f"{named(file)}: {host}" for file in files for host in REGISTRIES if host in file.read_text()] == []


def test_every_direct_package_has_its_reason() -> None:
    explained = set(re.findall(r"^\| (\S+) \| .{10,} \|$", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE))
    direct = {name for lock in LOCKS for name in _direct(ROOT / lock.replace(".txt", ".in"))}
    direct |= set(json.loads((ROOT / "package.json").read_text())["devDependencies"])
    assert explained - {"package", "---"} == direct


def test_we_lean_on_at_most_thirty_packages() -> None:
    assert len(_direct(ROOT / "requirements.in")) <= 30


def _direct(file: Path) -> set[str]:
    lines = [line.partition("#")[0].strip() for line in file.read_text().splitlines()]
    return {re.split(r"[\[<>=~! ]", line)[0] for line in lines if line and not line.startswith("-")}
