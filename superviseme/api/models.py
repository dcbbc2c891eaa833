"""All tables of the room, gathered for Django."""

from .tokens.models import Token

__all__ = ["Token"]
