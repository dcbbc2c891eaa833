"""Meetings and their records."""
