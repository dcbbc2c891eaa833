"""All tables of the room, gathered for Django."""

from .calendar.models import Feed
from .tokens.models import Token

__all__ = ["Feed", "Token"]
