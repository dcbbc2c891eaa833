"""The number of this site, made once: backups carry it, restores compare it."""

import secrets

from superviseme.web.time import now

from .models import Site


def site_number() -> str:
    """As it stands in the database; made when it is asked for first."""
    Site.objects.bulk_create([Site(pk=1, number=secrets.token_hex(8), made_at=now())], ignore_conflicts=True)
    return Site.objects.get(pk=1).number
