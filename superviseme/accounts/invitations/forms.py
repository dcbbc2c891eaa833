from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Invitation, Person
from superviseme.accounts.signin.forms import NewPassword
from superviseme.policy.roles import Role
from superviseme.web.forms import Line


class InviteStudent(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    name = Line(label=_("First name"), max_length=150, required=False)
    surname = Line(label=_("Family name"), max_length=150, required=False)
    has_account: Person | None = None  # who is there already

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


class Invite(InviteStudent):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.STUDENT)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class Accept(NewPassword):
    name = Line(label=_("First name"), max_length=150)
    surname = Line(label=_("Family name"), max_length=150)
    field_order = ["name", "surname", "password1", "password2"]

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any):
        super().__init__(*args, initial={"name": invitation.name, "surname": invitation.surname}, **kwargs)
        self.fields["password1"].label = _("Password")
        self.fields["password2"].label = _("Password again")
        self.fields["name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["surname"].widget.attrs["autocomplete"] = "family-name"
        self.person = _will_be(invitation, self.data)


def _will_be(invitation: Invitation, typed: Any) -> Person:
    """Whom the password rules are asked about: the person as they will be."""
    person = Person(email=invitation.email, name=typed.get("name", "")[:150], surname=typed.get("surname", "")[:150])
    person.__dict__["roles"] = frozenset({Role(invitation.role)})
    return person
