"""Where SQLite has no file yet: whoever only looks makes none."""

from pathlib import Path

from django.db import connection

from .checks import Report


def look_without_making_one(report: Report) -> None:
    """For commands that only read. SQLite makes a file when it is opened: an empty database in memory is asked instead."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not name.startswith(":") and not Path(name).exists():
        connection.settings_dict["NAME"] = ":memory:"
        report.say("There is no database yet: ./runbook migrate makes it.", database="there is no database yet")
