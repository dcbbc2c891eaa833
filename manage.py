#!/usr/bin/env python
import os
import secrets
import sys

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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OFFLINE and not os.environ.get("SECRET_KEY_FILE"):
        os.environ.setdefault("SECRET_KEY", secrets.token_hex(32))
    from django.core.management import execute_from_command_line  # slow to import, and settings must be named first

    from superviseme.config.env import Misconfigured

    try:
        execute_from_command_line(sys.argv)
    except Misconfigured as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
