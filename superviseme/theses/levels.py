"""The levels of topics and theses: which are offered, and their words; a site may rename them and leave some out."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from superviseme.site.values import setting


class Level(models.TextChoices):
    BACHELOR = "bachelor", _("Bachelor")
    MASTER = "master", _("Master")
    PHD = "phd", _("Doctorate")
    OTHER = "other", _("Other")


_WORDS = {level.value: level.label for level in Level}


def level_label(level: str) -> str:
    """The word for a level. The one place to ask."""
    named = setting("level_names").get(level)
    return named or str(_WORDS.get(level, level))


def label_of_its_level(thing: Any) -> str:
    """As a model's get_level_display."""
    return level_label(thing.level)


def level_choices() -> list[tuple[str, str]]:
    """All, for filters: things of a level that is no longer offered are still there."""
    return [(level, level_label(level)) for level in Level.values]


def offered_levels(also: str = "") -> list[tuple[str, str]]:
    """For forms; `also` is the one that a thing has already."""
    offered = setting("levels_offered")
    return [(value, words) for value, words in level_choices() if value in offered or value == also]


def first_level() -> str:
    """What a form of something new begins with."""
    offered: list[str] = [value for value, _words in offered_levels()]
    wanted: str = setting("default_level")
    return wanted if wanted in offered else offered[0]
