"""Libraries that few requests need are loaded when they are first used: each web process saves their memory until then
(docs/decisions/speed.md has how much)."""

import importlib
from typing import Any


class _Later:
    def __init__(self, name: str):
        self._name = name

    def __getattr__(self, word: str) -> Any:
        return getattr(importlib.import_module(self._name), word)


def later(name: str) -> Any:
    """Stands for the module. Loading it is safe from many threads, as every import is."""
    return _Later(name)
