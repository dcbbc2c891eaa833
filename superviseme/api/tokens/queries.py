"""Tokens as their page shows them, and whose one is."""

import hashlib

from django.db.models import QuerySet

from superviseme.accounts.models import Person
from superviseme.web.prepared import prepared

from .models import Token

PREFIX = "svm_"  # so that a token left in a repository is found by those who look for such


def tokens_of(person: Person) -> list[Token]:
    """Those that open something first, the newest on top; the dead ones are forgotten after 30 days."""
    found = Token.objects.filter(person=person).order_by("-pk")[:200]
    return sorted(found, key=lambda token: not token.is_live)


def live_token(secret: str) -> Token | None:
    """The token of this secret with its person, as long as both are alive."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    found: Token | None = _by_hash(hash_of(secret)).one()
    return found if found and found.is_live else None


def hash_of(secret: str) -> str:
    """Plain, because the secret is 256 random bits: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


@prepared
def _by_hash(token_hash: str) -> QuerySet[Token]:
    alive = Token.objects.filter(person__is_active=True, person__erased_at=None, person__approved_at__isnull=False)
    return alive.filter(token_hash=token_hash, revoked_at=None).select_related("person")
