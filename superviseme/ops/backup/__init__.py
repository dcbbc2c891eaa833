"""Backups: one folder each, made while the site runs, read to the last byte before it counts (docs/decisions/backup.md)."""
