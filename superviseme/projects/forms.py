from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Day, Line, Markdown, SeenVersion

from .models import ProjectKind, ProjectState


class ProjectForm(forms.Form):
    title = Line(label=_("Title"), max_length=300)
    description = Markdown(label=_("Description"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ProjectKind, initial=ProjectKind.RESEARCH)
    starts_on = Day(label=_("Starts"), required=False)
    ends_on = Day(label=_("Ends"), required=False)
    funding = Line(label=_("Funding"), max_length=200, required=False)
    version = SeenVersion()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Choose an end that is not before the start."))
        return data


class StateForm(forms.Form):
    target = forms.TypedChoiceField(
        label=_("State"),
        choices=ProjectState,
        coerce=ProjectState,
        error_messages={"required": _("Choose where it goes.")},
    )
    why = Line(label=_("Why"), max_length=500, required=False)
    source = forms.ChoiceField(choices=ProjectState, required=False, widget=forms.HiddenInput)
