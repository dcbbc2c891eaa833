import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Day, Line

LONGEST = dt.timedelta(days=366)


class RhythmForm(forms.Form):
    days = forms.IntegerField(label=_("Days without a sign until it is called silence"), min_value=2, max_value=180)


class AbsenceForm(forms.Form):
    starts_on = Day(label=_("From"))
    ends_on = Day(label=_("Until"), help_text=_("The last day away"))
    why = Line(label=_("Why (everybody here reads it)"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and found["ends_on"] < found["starts_on"]:
            self.add_error("ends_on", ValidationError(_("Choose a last day that is not before the first.")))
        elif not self.errors and found["ends_on"] - found["starts_on"] > LONGEST:
            self.add_error("ends_on", ValidationError(_("At most a year; suspend the thesis for longer.")))
        return found
