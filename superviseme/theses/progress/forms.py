from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Day, Line, SeenVersion, Tags

from ..levels import offered_levels
from ..states import State


class StateForm(forms.Form):
    target = forms.ChoiceField(label=_("State"), choices=State, error_messages={"required": _("Choose where it goes.")})
    why = Line(label=_("Why"), max_length=500, required=False, help_text=_("Everybody in the workspace reads it."))
    source = forms.ChoiceField(choices=State, required=False, widget=forms.HiddenInput)


class FactsForm(forms.Form):
    level = forms.ChoiceField(label=_("Level"))
    submit_by = Day(
        label=_("Hand-in due"), required=False, help_text=_("Until the end of that day. Later is marked as late.")
    )
    keywords = Tags(label=_("Keywords"), required=False, help_text=_("Separated by commas"))
    version = SeenVersion()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = offered_levels(also=self.initial.get("level", ""))
