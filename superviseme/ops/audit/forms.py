from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.notifications.catalog import Verb
from superviseme.web.forms import Day, Line


class Filter(forms.Form):
    """All fields may stay empty; a value that cannot be read filters nothing."""

    who = Line(label=_("Who"), required=False, max_length=100)
    verb = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *((v.value, v.value) for v in Verb)]
    )
    workspace = forms.IntegerField(label=_("Workspace number"), required=False, min_value=1, max_value=2**62)
    since = Day(label=_("From"), required=False)
    until = Day(label=_("Until"), required=False)
