"""`manage.py build_docs [--check]`: writes the pages that are made from tables; --check only says whether one is stale."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from superviseme.ops.pages import pages


class Command(BaseCommand):
    help = "Write docs/permissions, notices, states, clock, configuration and .env.example."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        stale = [path for path, text in pages().items() if _stands_in(path) != text]
        if check and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run manage.py build_docs.")
        for path in stale:
            (settings.BASE_DIR / path).write_text(pages()[path])
            self.stdout.write(f"written: {path}")


def _stands_in(path: str) -> str:
    file = settings.BASE_DIR / path
    return file.read_text() if file.is_file() else ""
