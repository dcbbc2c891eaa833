"""Webhooks: a person's notices told to a program of theirs, by the outbox like mail. See docs/api.md."""
