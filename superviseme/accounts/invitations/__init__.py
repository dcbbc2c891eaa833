"""Invitations: how people come in."""
