"""Signing in, by e-mail and password."""
