#!/usr/bin/env python
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    from django.core.management import execute_from_command_line  # slow to import, and settings must be named first

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
