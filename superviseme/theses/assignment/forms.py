from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.policy.roles import Role
from superviseme.web.forms import Line, Markdown

from ..levels import first_level, offered_levels
from ..states import State, is_offered, label_of
from ..topics.forms import People
from ..topics.queries import possible_supervisors

FIRST_STATES = (State.PROPOSED, State.ACCEPTED, State.IN_PROGRESS)


class Student(forms.EmailField):
    """The e-mail of somebody with the role; cleaned to the person."""

    unknown = _("Nobody with this address has an account. Invite them as a student first.")

    def __init__(self, **kwargs: Any):
        widget = forms.EmailInput(attrs={"autocomplete": "off", "placeholder": "name@example.org"})
        super().__init__(max_length=254, widget=widget, **kwargs)

    def clean(self, value: Any) -> Any:
        email = super().clean(value)
        person = Person.objects.active().filter(email=email.lower()).prefetch_related("grants").first()
        if person is None:
            raise forms.ValidationError(self.unknown, code="unknown")
        if Role.STUDENT not in person.roles:
            words = _("%(name)s does not have the role of a student.")
            raise forms.ValidationError(words, params={"name": person.full_name}, code="role")
        return person


def first_states() -> list[tuple[str, str]]:
    return [(state, label_of(state)) for state in FIRST_STATES if is_offered(state)]


class AssignForm(forms.Form):
    student = Student(label=_("E-mail of the student"))


class UnassignForm(forms.Form):
    why = Line(label=_("Why"), max_length=500, required=False)


class ThesisForm(forms.Form):
    title = Line(label=_("Title"), max_length=300)
    student = Student(label=_("E-mail of the student"))
    level = forms.ChoiceField(label=_("Level"), choices=offered_levels, initial=first_level)
    state = forms.ChoiceField(label=_("State"), choices=first_states, initial=State.ACCEPTED)
    description = Markdown(label=_("Description"), required=False)
    supervisors = People(label=_("Supervisors"), queryset=Person.objects.none())

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["supervisors"].queryset = possible_supervisors()
        self.fields["supervisors"].error_messages["required"] = _("Choose at least one supervisor.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("student") and data.get("supervisors") and list(data["supervisors"]) == [data["student"]]:
            self.add_error("supervisors", _("Nobody supervises their own thesis."))
        return data
