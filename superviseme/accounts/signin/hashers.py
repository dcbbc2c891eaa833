"""argon2id with modest memory, and at most two hashes at once in a process (contract 5)."""

from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

_gate = BoundedSemaphore(2)


class ModestArgon2(Argon2PasswordHasher):
    memory_cost = 19456  # KiB
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _gate:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> Any:
        with _gate:
            return super().verify(password, encoded)
