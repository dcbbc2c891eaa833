"""The receipt of a whole green run: which commit, what was counted, with which tools. `./runbook deploy` asks for it."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import time

from _checks import Tally
from _setup import BUILD, ROOT, say, venv_python

TOOLS = ("ruff", "mypy", "pytest", "django")


def write_receipt(tally: Tally) -> None:
    """Only of a commit: what is not in it was tested too, and says nothing about it."""
    if _git("status", "--porcelain", "--untracked-files=no") != "":
        say("No receipt: the checkout holds changes that are in no commit.")
        return
    commit = _git("rev-parse", "HEAD")
    said = {
        "commit": commit,
        "passed": tally.passed,
        "failed": tally.failed,
        "tools": {"python": platform.python_version(), **{name: _version(name) for name in TOOLS}},
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
    said["sha256"] = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    file = BUILD / "receipts" / f"{commit}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(said, indent=1) + "\n")


def _git(*words: str) -> str | None:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else None


def _version(name: str) -> str:
    code = f"import importlib.metadata as m; print(m.version({name!r}))"
    return subprocess.run([venv_python(), "-c", code], capture_output=True, text=True).stdout.strip()
