from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import THEMES, Person
from superviseme.accounts.people.forms import Profile
from superviseme.accounts.signin.forms import Password, check_present


class OwnProfile(Profile):
    theme = forms.ChoiceField(label=_("Theme"), choices=THEMES, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, person=person, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["surname"].widget.attrs["autocomplete"] = "family-name"
        self.initial["theme"] = person.theme


class ChangeEmail(forms.Form):
    email = forms.EmailField(
        label=_("New address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = Password(label=_("Present password"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email == self.person.email:
            raise forms.ValidationError(_("This is your address already."))
        return email

    def clean_password(self) -> str:
        check_present(self.person, self.cleaned_data["password"])
        return self.cleaned_data["password"]
