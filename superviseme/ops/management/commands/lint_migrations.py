"""`manage.py lint_migrations`: do our migrations only add? Part of bin/check."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from superviseme import __version__
from superviseme.ops.releases.lint import problems


class Command(BaseCommand):
    help = "Refuse migrations that take away what the release before uses."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        ours = {config.label for config in apps.get_app_configs() if config.name.startswith("superviseme.")}
        loaded = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
        judged = {key: migration for key, migration in loaded.items() if key[0] in ours}
        if not judged:
            raise CommandError("No migration was found, so none was judged.")
        wrong = [f"{'.'.join(key)}: {line}" for key, m in sorted(judged.items()) for line in problems(m, __version__)]
        if wrong:
            raise CommandError("\n".join([*wrong, "docs/decisions/migrations.md says what to do instead."]))
        self.stdout.write(f"{len(judged)} migrations only add.")
