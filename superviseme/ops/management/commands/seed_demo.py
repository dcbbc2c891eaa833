from typing import Any

from django.core.management.base import BaseCommand, CommandError

from superviseme.ops.demo.seed import NotHere, seed_demo


class Command(BaseCommand):
    help = "Fill an empty demonstration site (SITE_MODE=demo) with people and a term of history."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = seed_demo()
        except NotHere as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{len(lines)} accounts made.")
