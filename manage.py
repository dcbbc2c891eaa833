#!/usr/bin/env python
import os
import secrets
import sys
from importlib.util import find_spec
from pathlib import Path

# These serve nobody and sign nothing, so any key will do.
OFFLINE = (
    "build_docs",
    "collectstatic",
    "compilemessages",
    "help",
    "import_predecessor",
    "makemessages",
    "makemigrations",
    "migrate",
)


def main() -> None:
    _inside_the_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OFFLINE and not os.environ.get("SECRET_KEY_FILE"):
        os.environ.setdefault("SECRET_KEY", secrets.token_hex(32))
    from django.core.management import execute_from_command_line  # slow to import, and settings must be named first

    from superviseme.config.env import Misconfigured

    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as problem:
        sys.exit(str(problem))


def _inside_the_environment() -> None:
    """Called by another Python, go on with the one `bin/run` has set up."""
    ours = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if find_spec("django"):
        return
    if not ours.is_file() or os.environ.get("SUPERVISEME_REEXECUTED"):
        sys.exit("Django is not installed here. Set up first: bin/run, or bin/build and .venv/bin/python manage.py …")
    os.environ["SUPERVISEME_REEXECUTED"] = "1"
    os.execv(ours, [str(ours), *sys.argv])  # noqa: S606 - our own interpreter, no shell


if __name__ == "__main__":
    main()
