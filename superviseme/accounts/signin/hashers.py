"""argon2id with modest memory, and at most two hashes at once in a process.

Who cannot get a place in time is refused as Busy (503), which is no failed guess.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

from superviseme.web.answers import Busy

PATIENCE = 5.0  # seconds
_places = BoundedSemaphore(2)


@contextmanager
def a_place() -> Iterator[None]:
    if not _places.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _places.release()


class ModestArgon2(Argon2PasswordHasher):
    memory_cost = 19456  # KiB
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with a_place():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> Any:
        with a_place():
            return super().verify(password, encoded)


class Imported(PBKDF2PasswordHasher):
    """Hashes of the predecessor, converted (legacy.py); made anew with argon2id at the next sign-in."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        with a_place():
            return super().encode(password, salt, iterations)
