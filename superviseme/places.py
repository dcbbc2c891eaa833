"""Where the code lies and where the site lies: one folder in a checkout, two once a release is installed.

A release keeps its code beside its manifest in `<releases>/<name>`; `<releases>/site` leads to the site, which has the .env
file and, unless DATA_DIR says otherwise, the data. A package installed by other means serves the working folder.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CODE = PACKAGE.parent


def _release() -> Path | None:
    return CODE if (CODE / "manifest.json").is_file() else None


def _root() -> Path:
    if RELEASE:
        site = RELEASE.parent / "site"
        return site.resolve() if site.exists() else RELEASE.parent.parent
    return CODE if (CODE / "pyproject.toml").is_file() else Path.cwd()


RELEASE = _release()
ROOT = _root()
# Built into the wheel, or beside the sources of a checkout.
STATIC = PACKAGE / "assets" if (PACKAGE / "assets").is_dir() else ROOT / "build" / "static"
