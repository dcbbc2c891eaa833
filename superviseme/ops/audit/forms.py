from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.notifications.catalog import Verb
from superviseme.notifications.categories import CATEGORIES, Category, category_of
from superviseme.notifications.sentences import outline
from superviseme.web.forms import Day, Line


def _kinds() -> list[Any]:
    """In the words of the page, by what people choose their notices by; the codes are those of the column beside them."""
    groups: dict[Category, list[tuple[str, str]]] = {category: [] for category in CATEGORIES}
    for verb in Verb:
        groups[category_of(verb)].append((verb.value, f"{outline(verb)} ({verb.value})"))
    return [("", _("Everything")), *((kind.label, groups[category]) for category, kind in CATEGORIES.items())]


class Filter(forms.Form):
    """All fields may stay empty; a value that cannot be read filters nothing."""

    who = Line(label=_("Who"), required=False, max_length=100)
    verb = forms.ChoiceField(label=_("What"), required=False, choices=_kinds)
    workspace = forms.IntegerField(label=_("Workspace number"), required=False, min_value=1, max_value=2**62)
    since = Day(label=_("From"), required=False)
    until = Day(label=_("Until"), required=False)
