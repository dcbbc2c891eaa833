"""What people choose for a token; nothing is saved here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Line

from .models import Area

DAYS = [(7, _("A week")), (30, _("A month")), (90, _("Three months")), (365, _("A year"))]
READ, WRITE = "read", "write"


class TokenForm(forms.Form):
    label = Line(
        label=_("Name"),
        max_length=80,
        help_text=_("What will use it, such as «calendar script»"),
        error_messages={"required": _("Give it a name by which you know it again.")},
    )
    may = forms.ChoiceField(
        label=_("It may"),
        choices=[(READ, _("Read")), (WRITE, _("Read and write"))],
        initial=READ,
        widget=forms.RadioSelect,
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        choices=Area.choices,
        initial=Area.values,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(label=_("Ends after"), choices=DAYS, coerce=int, initial=90)

    def token(self) -> dict[str, Any]:
        """As the action takes it."""
        data = self.cleaned_data
        return {**{name: data[name] for name in ("label", "areas", "days")}, "writes": data["may"] == WRITE}
