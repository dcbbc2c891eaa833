"""The wheel: the package with its templates and built front end. The same sources give the same bytes.

Also the build backend that pyproject.toml names, so `pip wheel .` makes the same file. Needs nothing but Python.
"""

import base64
import hashlib
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PACKAGE = "superviseme"
LEFT_OUT = {"__pycache__", "static"}  # what static/ is made into stands in assets/
WHEN = (2000, 1, 1, 0, 0, 0)


def build_wheel(wheel_directory: str, config_settings: Any = None, metadata_directory: str | None = None) -> str:
    """As pip calls it, from the folder of pyproject.toml."""
    return build(Path.cwd(), Path(wheel_directory)).name


def build(source: Path, folder: Path) -> Path:
    project = tomllib.loads((source / "pyproject.toml").read_text())["project"]
    head = f"{PACKAGE}-{project['version']}.dist-info"
    files = dict(_package(source))
    files |= {f"{PACKAGE}/assets/{name}": path.read_bytes() for name, path in _assets(source)}
    files |= {f"{head}/{name}": text.encode() for name, text in _about(source, project).items()}
    files[f"{head}/RECORD"] = _record(files, head)
    wheel = folder / f"{PACKAGE}-{project['version']}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, WHEN)
            entry.external_attr, entry.compress_type, entry.create_system = 0o100644 << 16, zipfile.ZIP_DEFLATED, 3
            out.writestr(entry, files[name])
    return wheel


def _package(source: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((source / PACKAGE).rglob("*")):
        parts = path.relative_to(source / PACKAGE).parts
        if path.is_file() and not LEFT_OUT & set(parts[:1]) and "__pycache__" not in parts:
            yield f"{PACKAGE}/{'/'.join(parts)}", path.read_bytes()


def _assets(source: Path) -> Iterator[tuple[str, Path]]:
    built = source / "build" / "static"
    if not (built / "staticfiles.json").is_file():
        raise FileNotFoundError("Style and script are not built: run ./runbook build first.")
    for path in sorted(built.rglob("*")):
        if path.is_file():
            yield path.relative_to(built).as_posix(), path


def _about(source: Path, project: dict[str, Any]) -> dict[str, str]:
    needs = "".join(f"Requires-Dist: {line}\n" for line in _requirements(source / "requirements.in"))
    return {
        "METADATA": (
            f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: {project['version']}\n"
            f"Summary: {project['description']}\nLicense: {project['license']}\n"
            f"Requires-Python: {project['requires-python']}\n{needs}"
        ),
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: {PACKAGE}\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "entry_points.txt": f"[console_scripts]\nrunbook = {PACKAGE}.ops.cli:program\n",
        "top_level.txt": f"{PACKAGE}\n",
    }


def _requirements(file: Path) -> list[str]:
    lines = [re.sub(r"\s+#.*|^#.*", "", line).strip() for line in file.read_text().splitlines()]
    return [line for line in lines if line and not line.startswith("-")]


def _record(files: dict[str, bytes], head: str) -> bytes:
    lines = []
    for name, content in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    return "".join([*lines, f"{head}/RECORD,,\n"]).encode()
