"""python manage.py import_predecessor FILE [--dry-run] [--json]"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from superviseme.ops.legacy.reader import NotAPredecessor, check
from superviseme.ops.legacy.report import Report
from superviseme.ops.legacy.run import import_predecessor

FAILED, USAGE = 1, 2


class Command(BaseCommand):
    help = "Read a database of the predecessor into this site. All or nothing; run again, it adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the predecessor's SQLite database")
        parser.add_argument("--dry-run", action="store_true", help="report what would be done and change nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON and nothing else")

    def handle(self, *, file: Path, dry_run: bool, json: bool, **options: Any) -> None:
        try:
            check(file)
            if _pending_migrations():
                self._fail(
                    "This site's database is not ready. Run first: python manage.py migrate", FAILED, as_json=json
                )
            report = import_predecessor(file, dry_run=dry_run)
        except NotAPredecessor as wrong:
            self._fail(str(wrong), USAGE, as_json=json)
        except CommandError:
            raise
        except DatabaseError as refused:
            self._fail(f"The database refused: {refused}. Nothing was changed.", FAILED, as_json=json)
        except Exception as broken:  # noqa: BLE001 - whatever it was, the transaction is rolled back, and people must read so
            if options["traceback"]:
                raise
            self._fail(
                f"The import failed: {type(broken).__name__}: {broken}. Nothing was changed.", FAILED, as_json=json
            )
        else:
            self.stdout.write(_as_json(report, dry_run) if json else _as_text(report, dry_run))

    def _fail(self, why: str, code: int, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": why}))
        raise CommandError(why, returncode=code)


def _pending_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _as_json(report: Report, dry_run: bool) -> str:
    return json.dumps({"dry_run": dry_run, **report.as_dict()}, indent=2)


def _as_text(report: Report, dry_run: bool) -> str:
    last = "This was a dry run: nothing was changed." if dry_run else "Imported."
    return "\n".join([*report.lines(), "", last])
