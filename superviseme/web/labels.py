"""The word for a value of a field with choices, found without asking for the words of all the others."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Field, Model


def labelled(name: str) -> Callable[[Any], str]:
    """As a model's `get_NAME_display`. Django's own translates every choice each time, which a list of 25 rows feels."""

    def display(row: Model) -> str:
        value = getattr(row, name)
        return str(_words(type(row)._meta.get_field(name)).get(value, value))

    return display


@cache
def _words(field: Field) -> dict[Any, Any]:
    return dict(field.flatchoices)
