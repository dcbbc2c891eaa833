"""A Chromium for the browser journeys."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from _setup import ROOT, SetupError, run, say, timed, venv_python

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """The path of a Chromium, or nothing where Playwright finds its own. Installs one where there is none."""
    found = _on_the_path() or _playwrights_own()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _by_apt()
        return _on_the_path()
    say("No Chromium here: asking Playwright to fetch its own (playwright install chromium)")
    if subprocess.run([venv_python(), "-m", "playwright", "install", "chromium"], cwd=ROOT).returncode:
        raise SetupError(
            "The browser journeys need Chromium and none could be installed: install it with the system's package"
            " manager, or leave them out with bin/test --no-browser."
        )
    return ""


def _on_the_path() -> str:
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def _playwrights_own() -> str:
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return next((str(path) for path in sorted(folder.glob("chromium-*/chrome-linux*/chrome"))), "")


def _by_apt() -> None:
    sorry = "Chromium could not be installed by apt-get; bin/test --no-browser leaves the browser journeys out"
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    with timed("No Chromium here, and this is root on a Debian-like system: installing the package by apt-get"):
        run(["apt-get", "update", "-qq"], sorry, quiet)
        run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], sorry, quiet)
