"""Where SQLite has no file yet: whoever only looks makes none."""

from django.db import connection

from .checks import Report
from .health import file_is_there


def look_without_making_one(report: Report) -> None:
    """For commands that only read. SQLite makes a file when it is opened: an empty database in memory is asked instead."""
    if connection.vendor == "sqlite" and not file_is_there():
        connection.settings_dict["NAME"] = ":memory:"
        report.say("There is no database yet: ./runbook migrate makes it.", database="there is no database yet")
