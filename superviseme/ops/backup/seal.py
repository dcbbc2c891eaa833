"""Encryption to a recipient (age): whoever steals a backup, or the machine it lies on, reads nothing."""

from pathlib import Path
from typing import IO, Any

from django.conf import settings

from superviseme.ops.exits import REFUSED, Stop
from superviseme.web.later import later

from . import disk

pyrage = later("pyrage")
ENDING = ".age"


def recipient() -> str:
    """The public key that backups are encrypted to, "" for none."""
    return settings.BACKUP_RECIPIENT


def encrypt(source: IO[Any], target: Path, to: str) -> None:
    try:
        key = pyrage.x25519.Recipient.from_str(to)
    except pyrage.RecipientError:
        raise Stop("BACKUP_RECIPIENT is not a public key of age: it begins with age1.", REFUSED) from None
    with disk.private(target) as out:
        pyrage.encrypt_io(source, out, [key])


def decrypt(source: Path, target: Path) -> None:
    """With the private key that the environment names for this purpose."""
    with source.open("rb") as sealed, disk.private(target) as out:
        try:
            pyrage.decrypt_io(sealed, out, [_identity()])
        except pyrage.DecryptError:
            raise Stop(f"{source.name} cannot be opened with this BACKUP_IDENTITY.") from None


def has_identity() -> bool:
    return bool(settings.BACKUP_IDENTITY)


def _identity() -> Any:
    if not has_identity():
        raise Stop(
            "The backup is encrypted: set BACKUP_IDENTITY_FILE to the file with the private key (AGE-SECRET-KEY-…).",
            REFUSED,
        )
    lines = [line for line in settings.BACKUP_IDENTITY.splitlines() if line.startswith("AGE-SECRET-KEY-")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0] if lines else "")
    except pyrage.IdentityError:
        raise Stop("BACKUP_IDENTITY holds no private key of age (AGE-SECRET-KEY-…).", REFUSED) from None
