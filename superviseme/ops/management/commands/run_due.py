"""`manage.py run_due [--at 2026-12-07T09:00+01:00]`: what the scheduler would do now, or at that moment. Not in production."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from superviseme.ops.clock import run_due
from superviseme.web.time import now, simulated, site_zone


class Command(BaseCommand):
    help = "Do once what is due, as the scheduler would; --at simulates the moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", default="", metavar="ISO", help="the moment to simulate; without a zone, in the site's"
        )

    def handle(self, *args: Any, at: str, **options: Any) -> None:
        if settings.SITE_MODE == "production":
            raise CommandError(
                "In production only the scheduler runs jobs: a simulated time could send what is not due."
            )
        with simulated(_moment(at) if at else now()):
            done = run_due()
        self.stdout.write("\n".join(done) or "Nothing is due.")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--at is «{text}»; it looks like 2026-12-07T09:00 or 2026-12-07T09:00+01:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=site_zone())
