"""The outbox as administrators read it: what went out, what waits, what failed."""
