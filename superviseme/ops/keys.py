"""Which SECRET_KEY this database was served with: another one would end every session and every link unnoticed."""

import hashlib

from django.conf import settings
from django.db import DatabaseError, transaction

from superviseme.web.time import now

from .exits import REFUSED, Stop
from .models import KnownKey


def other_key() -> str:
    """What is wrong with the key, as seen from the database; "" when it is known, rotated, or none is known yet."""
    try:
        known = KnownKey.objects.first()
    except DatabaseError:  # before the first migration
        return ""
    if known is None or known.fingerprint in map(fingerprint, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
        return ""
    return (
        "SECRET_KEY is another one than this database was served with: everybody would be signed out, and links in mails"
        " that are under way would end nowhere"
    )


def refuse_other_key() -> None:
    """Before anything is served; the first key is remembered, and a new one whose predecessor is a fallback."""
    why = other_key()
    if why:
        raise Stop(
            f"{why}. Set the right one; to change it, give the old one in SECRET_KEY_FALLBACKS; if it is lost:"
            " ./runbook key accept.",
            REFUSED,
        )
    remember_key()


@transaction.atomic
def remember_key() -> None:
    said = {"fingerprint": fingerprint(settings.SECRET_KEY)}
    if not KnownKey.objects.filter(**said).exists():
        KnownKey.objects.update_or_create(pk=1, defaults={**said, "since": now()})


def fingerprint(key: str) -> str:
    return hashlib.sha256(f"superviseme:{key}".encode()).hexdigest()[:32]
