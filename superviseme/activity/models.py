from .silence.models import Absence, Rhythm, Silence

__all__ = ["Absence", "Rhythm", "Silence"]
