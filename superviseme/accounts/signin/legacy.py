"""Password hashes of the predecessor: `pbkdf2:sha256:N$salt$hex` as Django writes the same thing."""

import base64
import re

_HASH = re.compile(r"pbkdf2:sha256:(\d{1,8})\$([^$\s]{1,128})\$([0-9a-fA-F]{64})", re.ASCII)
MOST_ROUNDS = 5_000_000  # more would only be there to keep us busy


def convert_werkzeug(value: str | None) -> str | None:
    """The hash in the form our hasher `Imported` checks, or None when it is of another kind."""
    found = _HASH.fullmatch((value or "").strip())
    if not found or not 1 <= int(found[1]) <= MOST_ROUNDS:
        return None
    digest = base64.b64encode(bytes.fromhex(found[3])).decode("ascii")
    return f"pbkdf2_sha256${int(found[1])}${found[2]}${digest}"
