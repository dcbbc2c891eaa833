from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Invitation, Person
from superviseme.accounts.signin.forms import NewPassword
from superviseme.policy.roles import Role
from superviseme.web.forms import Line

from .table_file import MOST_BYTES, decoded


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


class InviteMany(forms.Form):
    """A list pasted or sent as a file; afterwards `people` is its text either way."""

    people = forms.CharField(
        label=_("List"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One person a line: e-mail, first name, family name, role. Only the e-mail has to be there."),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"}),
        help_text=_("CSV as a spreadsheet program writes it; a first line with headings may stand in it."),
    )
    role = forms.ChoiceField(label=_("Role of those whose line names none"), choices=Role.choices, initial=Role.STUDENT)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        sent = data.get("file")
        if sent and sent.size > MOST_BYTES:
            self.add_error("file", _("At most 256 kB, please."))
        elif sent:
            data["people"] = decoded(sent.read())
        elif len(data.get("people", "")) > MOST_BYTES:
            self.add_error("people", _("At most 256 kB, please."))
        elif not data.get("people", "").strip() and "file" not in self.errors:
            self.add_error("people", _("Paste a list or choose a file."))
        return data

    def as_read(self) -> "InviteMany":
        """The same with the text of the file in its place, so that it can be mended."""
        shown = InviteMany({"people": self.cleaned_data["people"], "role": self.cleaned_data["role"]})
        shown.is_valid()
        return shown


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
