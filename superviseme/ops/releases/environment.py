"""The environment a release was deployed with: kept beside it, secrets only as where they came from and a hash.

What says which process this is (role, address) belongs to the unit that starts it and is not kept.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from .layout import Release

OF_THE_PROCESS = {"ROLE", "ENABLE_SCHEDULER", "HOST", "PORT"}
Kept = dict[str, Any]


def keep(release: Release) -> None:
    """As it is now: the environment of this process and the .env file below it."""
    place = _file(release)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    beside = place.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(json.dumps(present(), indent=1, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, place)


def present() -> Kept:
    said: Mapping[str, str] = settings.ENV.values
    open_names = {
        name: value for name, value in said.items() if _is_ours(name) and not _is_secret(name) and value.strip()
    }
    secrets = {name: _hash(settings.ENV(name)) for name in _names() if _is_secret(name) and settings.ENV.given(name)}
    return {"names": open_names, "secrets": secrets}


def kept(release: Release) -> Kept:
    try:
        return dict(json.loads(_file(release).read_text()))
    except (OSError, ValueError):
        return {}


def overlay(release: Release) -> dict[str, str]:
    """What a process of this release gets on top: the kept values, and nothing where nothing was said then."""
    found = kept(release)
    if not found:
        return {}
    unsaid = {name: "" for name in _names() if not _is_secret(name) and name not in OF_THE_PROCESS}
    return {**unsaid, **found["names"]}


def changes(release: Release) -> tuple[list[str], list[str]]:
    """What differs between now and then: names put back, and secrets of which only their change is known."""
    then, today = kept(release), present()
    if not then:
        return [], []
    names = then["names"].keys() | today["names"].keys()
    secrets = then["secrets"].keys() | today["secrets"].keys()
    return (
        sorted(name for name in names if then["names"].get(name) != today["names"].get(name)),
        sorted(name for name in secrets if then["secrets"].get(name) != today["secrets"].get(name)),
    )


def stamp(release: Release) -> float:
    """Changes when the environment of a release was kept anew."""
    try:
        return _file(release).stat().st_mtime
    except OSError:
        return 0


def _file(release: Release) -> Path:
    return release.folder.parent / "environments" / f"{release.name}.json"


def _names() -> list[str]:
    return [entry.name for group in settings.ENV.groups.values() for entry in group]


def _is_ours(name: str) -> bool:
    base = name.removesuffix("_FILE")
    known = name in _names() or (base in _names() and _is_secret(base)) or name.startswith("OIDC_")
    return known and name not in OF_THE_PROCESS


def _is_secret(name: str) -> bool:
    entries = [entry for group in settings.ENV.groups.values() for entry in group]
    return any(entry.name == name and entry.secret for entry in entries) or name.endswith("_CLIENT_SECRET")


def _hash(value: Any) -> str:
    return hashlib.sha256(f"superviseme:{value}".encode()).hexdigest()[:16]
