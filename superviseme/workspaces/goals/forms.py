"""What people type about goals; nothing is saved here."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Line, Markdown, SeenVersion

from .models import GoalKind, GoalState


class GoalForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=GoalKind.choices, widget=forms.RadioSelect)
    title = Line(
        label=_("Title"), error_messages={"required": _("Say in one sentence what is to be reached or tested.")}
    )
    description = Markdown(label=_("Description"), required=False)


class GoalEditForm(GoalForm):
    state = forms.ChoiceField(label=_("State"), choices=GoalState.choices)
    version = SeenVersion()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == GoalKind.OBJECTIVE and data.get("state") == GoalState.REFUTED:
            self.add_error(
                "state", ValidationError(_("Only a hypothesis can be refuted; an objective is reached or dropped."))
            )
        return data
