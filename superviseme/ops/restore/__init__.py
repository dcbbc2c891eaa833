"""Restoring: into a database beside, compared before the switch; until then the live one is not touched."""
