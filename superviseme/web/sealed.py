"""Secrets of others that we must be able to read again, kept so that the database alone does not give them away.

The key is made of SECRET_KEY; those of SECRET_KEY_FALLBACKS still open what they sealed.
"""

import base64
from typing import Any

from django.conf import settings

from .later import later

fernet, hkdf, hashes = (
    later(f"cryptography.{name}") for name in ("fernet", "hazmat.primitives.kdf.hkdf", "hazmat.primitives.hashes")
)


def seal(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None when it was sealed by a key that is not ours any more."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except fernet.InvalidToken:
        return None


def _box() -> Any:
    return fernet.MultiFernet(
        [fernet.Fernet(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _key(secret: str) -> bytes:
    made = hkdf.HKDF(hashes.SHA256(), length=32, salt=None, info=b"superviseme.web.sealed").derive(secret.encode())
    return base64.urlsafe_b64encode(made)
