"""`bootstrap_admin`: the first administrator from ADMIN_BOOTSTRAP_PASSWORD, when there is none. Never overwrites."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from superviseme.accounts.people.actions import BootstrapRefused, bootstrap_administrator


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = bootstrap_administrator(
                email=settings.ADMIN_BOOTSTRAP_EMAIL, password=settings.ADMIN_BOOTSTRAP_PASSWORD
            )
        except BootstrapRefused as refusal:
            raise CommandError(str(refusal)) from None
        if person is not None:
            self.stdout.write(
                f"The first administrator is {person.email}; the password is to be changed at the first sign-in."
            )
