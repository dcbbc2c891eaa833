"""Who hears of what, and how loudly. Read catalog.py first."""
