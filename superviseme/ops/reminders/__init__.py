"""Reminders of days that come near or have passed."""
