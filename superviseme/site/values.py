"""The settings in force, for every room: `setting("retention_days")`.

All are read at once and kept for LASTS seconds in each process, so a change is everywhere within that time.
"""

import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from .models import Setting
from .table import SETTINGS, fits

LASTS = 3.0  # seconds
_kept: tuple[float, Mapping[str, Any]] | None = None


def setting(name: str) -> Any:
    """The value in force: of the environment, else chosen by an administrator, else the default."""
    one = SETTINGS[name]
    if fixed(name):
        return getattr(settings, one.env)
    chosen = _chosen()
    if name in chosen:
        return chosen[name]
    return getattr(settings, one.env) if one.env else one.default


def fixed(name: str) -> bool:
    """Whether the environment decides, so that nobody can change it here."""
    env = SETTINGS[name].env
    return bool(env) and settings.ENV.given(env)


def forget() -> None:
    """The next question asks the database again. Called by who writes."""
    global _kept
    _kept = None


def remember(values: Mapping[str, Any]) -> None:
    global _kept
    _kept = (time.monotonic(), values)


def _chosen() -> Mapping[str, Any]:
    kept = _kept
    if kept is not None and time.monotonic() - kept[0] < LASTS:
        return kept[1]
    try:
        rows = dict(Setting.objects.values_list("name", "value"))
    except DatabaseError:  # away, or not migrated yet: what was known last is better than no page
        return kept[1] if kept else {}
    found = {name: value for name, value in rows.items() if name in SETTINGS and fits(SETTINGS[name], value)}
    remember(found)
    return found
