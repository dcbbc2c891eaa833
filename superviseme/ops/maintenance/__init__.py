"""Maintenance: a file in DATA_DIR closes the site, also while there is no database (docs/decisions/maintenance.md)."""

from .flag import Maintenance, state

__all__ = ["Maintenance", "state"]
