from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Line


class Address(forms.Form):
    """What a provider did not tell: the address, and a name to be called by."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Your address at the university, if you have one. A link to confirm it goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    name = Line(label=_("First name"), max_length=150)
    surname = Line(label=_("Family name"), max_length=150)

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()
