"""Where a webhook is; nothing is saved here."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from superviseme.web.outward import LONGEST, is_allowed, is_silent


class HookForm(forms.Form):
    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST,
        help_text=_("With https, at a server that is reached from the internet"),
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Say where the notices are to go.")},
    )

    def clean_address(self) -> Any:
        address = self.cleaned_data["address"]
        if is_silent():
            raise ValidationError(
                _("This is a demonstration that others can reach: it tells no other server anything.")
            )
        if not is_allowed(address):
            raise ValidationError(_("Only https addresses without a name and password in them are told anything."))
        return address
