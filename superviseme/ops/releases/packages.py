"""The packages of one requirements.txt: wheels kept, a virtual environment made from them, both never changed again."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from superviseme.ops.exits import Stop

from .layout import BUILDING, MANIFEST, Releases, write_manifest
from .sbom import write_sbom

PIP = ["-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]


def packages_for(lock: Path, releases: Releases) -> str:
    """The name of the folder for this lock on this Python; made when it is not there yet. Needs the network only then."""
    name = fingerprint(lock)
    place = releases.folder / "packages" / name
    if (place / MANIFEST).is_file():
        return name
    beside = place.with_name(f"{BUILDING}{name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    shutil.copy(lock, beside / "requirements.txt")
    fetch(lock, beside / "wheels")
    install(lock, beside / "wheels", beside / "venv")
    write_sbom(lock, beside / "wheels", beside / "sbom.json")
    write_manifest(beside, python=sys.version.split()[0])
    os.replace(beside, place)
    return name


def fingerprint(lock: Path) -> str:
    said = lock.read_bytes() + f"{sys.version_info[:2]}".encode()
    return hashlib.sha256(said).hexdigest()[:16]


def fetch(lock: Path, wheels: Path) -> None:
    """Every file is compared with the hash in the lock; what has no wheel is built into one."""
    _pip(Path(sys.executable), ["wheel", "--require-hashes", "--no-deps", "--wheel-dir", str(wheels), "-r", str(lock)])


def install(lock: Path, wheels: Path, venv: Path) -> None:
    """From the kept wheels alone."""
    _run([sys.executable, "-m", "venv", str(venv)], "The virtual environment could not be made")
    said = ["install", "--no-index", "--no-deps", "--no-compile", "--find-links", str(wheels)]
    _pip(venv / "bin" / "python", [*said, *sorted(str(wheel) for wheel in wheels.glob("*.whl"))])


def _pip(python: Path, words: list[str]) -> None:
    _run([str(python), *PIP, *words], "The packages of requirements.txt could not be installed")


def _run(command: list[str], sorry: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise Stop(f"{sorry}: {' '.join(said[-6:])[:600]}")
