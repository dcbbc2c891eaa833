"""From a checkout to a release: wheel, packages, manifest, in a folder that gets its name when all of it is there."""

import os
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from superviseme.ops.exits import REFUSED, Stop

from . import wheel
from .layout import BUILDING, MANIFEST, Release, Releases, digest_of, write_manifest
from .packages import packages_for
from .receipt import Receipt, receipt_of

UNCLEAN = "-unclean"
ALONG = ("runbook", "manage.py", "requirements.txt", "LICENSE", "data_schema", "scripts")
CONTRACT = re.compile(r"^\s+expanded_in\s*=\s*[\"']", re.MULTILINE)


def build_release(source: Path, releases: Releases, *, without_receipt: bool = False, unclean: bool = False) -> Release:
    """The release of the commit that is checked out; one that is there and whole is taken as it is. Under the lock."""
    commit = commit_of(source, unclean=unclean)
    receipt = None if without_receipt else receipt_of(commit, source)
    version = wheel.tomllib.loads((source / "pyproject.toml").read_text())["project"]["version"]
    place = releases.folder / name_of(version, commit)
    if (place / MANIFEST).is_file() and not commit.endswith(UNCLEAN):
        return _as_built(Release(place))
    packages = packages_for(source / "requirements.txt", releases)
    beside = releases.folder / f"{BUILDING}{place.name}.{os.getpid()}"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    _fill(beside, source, releases.folder / "packages" / packages, version=version, commit=commit, receipt=receipt)
    shutil.rmtree(place, ignore_errors=True)
    os.replace(beside, place)
    return Release(place)


def name_of(version: str, commit: str) -> str:
    return f"{version}-{commit if commit.endswith(UNCLEAN) else commit[:12]}"


def commit_of(source: Path, *, unclean: bool = False) -> str:
    changed = _git(source, "status", "--porcelain", "--untracked-files=no")
    if changed and not unclean:
        raise Stop("The checkout holds changes that are in no commit: a release is of a commit.", REFUSED)
    commit = _git(source, "rev-parse", "HEAD")
    return f"{commit[:12]}{UNCLEAN}" if changed else commit


def migrations_of(package: Path) -> tuple[list[str], list[str]]:
    """Names of all migrations, and of those that take something away which the release before may use."""
    files = sorted(package.glob("*/migrations/[0-9]*.py"))
    names = {f"{file.parent.parent.name}.{file.stem}": file for file in files}
    return list(names), [name for name, file in names.items() if CONTRACT.search(file.read_text())]


def lay_out(folder: Path, source: Path) -> Path:
    """The code of a release without packages and manifest; the wheel it was unpacked from lies beside it."""
    try:
        built = wheel.build(source, folder)
    except FileNotFoundError as problem:
        raise Stop(str(problem), REFUSED) from None
    with zipfile.ZipFile(built) as archive:
        archive.extractall(folder)
    for name in ALONG:
        there = source / name
        if there.is_dir():
            shutil.copytree(there, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(there, folder / name)
    return built


def _fill(folder: Path, source: Path, packages: Path, *, version: str, commit: str, receipt: Receipt | None) -> None:
    built = lay_out(folder, source)
    shutil.copy(packages / "sbom.json", folder / "sbom.json")
    (folder / ".venv").symlink_to(f"../packages/{packages.name}/venv")  # where every program of ours looks for it
    migrations, contracts = migrations_of(folder / wheel.PACKAGE)
    write_manifest(
        folder,
        name=name_of(version, commit),
        version=version,
        commit=commit,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        wheel=built.name,
        wheel_sha256=digest_of(built),
        packages=packages.name,
        packages_manifest=digest_of(packages / MANIFEST),
        migrations=migrations,
        contracts=contracts,
        receipt=receipt,
    )


def _as_built(release: Release) -> Release:
    wrong = release.problems()
    if wrong:
        raise Stop(f"Release {release.name} is not as it was built: {', '.join(wrong[:5])}. Remove it first.", REFUSED)
    return release


def _git(source: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(source), *words], capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"A release is built from a git checkout, and {source} is none.", REFUSED)
    return done.stdout.strip()
