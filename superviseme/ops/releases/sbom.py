"""The bill of materials (CycloneDX) of the wheels that are kept, which are those of the lock, no more and no less."""

import json
import re
from pathlib import Path
from typing import Any

from superviseme.ops.exits import Stop

from .layout import digest_of

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def write_sbom(lock: Path, wheels: Path, file: Path) -> None:
    found = {(c["name"], c["version"]): c for c in map(_component, sorted(wheels.glob("*.whl")))}
    pins = {(_plain(name), version) for name, version in PIN.findall(lock.read_text())}
    if found.keys() != pins:
        raise Stop(f"The wheels are not those of the lock: {sorted(found.keys() ^ pins)[:5]}")
    said = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": list(found.values())}
    file.write_text(json.dumps(said, indent=1) + "\n")


def _component(wheel: Path) -> dict[str, Any]:
    name, version = wheel.name.split("-")[:2]
    name = _plain(name)
    return {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
        "hashes": [{"alg": "SHA-256", "content": digest_of(wheel)}],
    }


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
