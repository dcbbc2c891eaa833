from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.policy.roles import Seat
from superviseme.web.forms import Line

from ..room.models import Workspace
from .queries import may_sit, person_by_email, seats_to_give


class AddPersonForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    seat = forms.ChoiceField(label=_("Seat"))
    label = Line(
        label=_("Label"), max_length=60, required=False, help_text=_("Shown beside the name, such as co-investigator")
    )

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        self.fields["seat"].choices = [(s.value, s.label) for s in seats_to_give(workspace)]
        self.fields["seat"].initial = Seat.COLLABORATOR.value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "email" not in data or "seat" not in data:
            return data
        person = person_by_email(data["email"])
        if person is None:
            self.add_error("email", _("Nobody with this address has an account. An administrator can invite them."))
        elif not may_sit(person, Seat(data["seat"])):
            self.add_error(
                "seat", _("%(name)s does not have the site role this seat needs.") % {"name": person.full_name}
            )
        elif self.workspace.seat_of(person):
            self.add_error("email", _("%(name)s has a seat here already.") % {"name": person.full_name})
        data["person"] = person
        return data


class LabelForm(forms.Form):
    label = Line(label=_("Label"), max_length=60, required=False)
