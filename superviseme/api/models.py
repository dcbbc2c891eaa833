"""All tables of the room, gathered for Django."""

from .calendar.models import Feed
from .hooks.models import Hook
from .tokens.models import Token

__all__ = ["Feed", "Hook", "Token"]
