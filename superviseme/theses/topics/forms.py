from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.web.forms import Line, Markdown, SeenVersion, Tags

from ..levels import first_level, offered_levels
from .queries import possible_supervisors
from .words import taken_words


class People(forms.ModelMultipleChoiceField):
    """Supervisors to choose from, by name with the address for namesakes."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        for number in value or ():
            if len(str(number)) > 18:  # beyond the numbers of a database
                raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": number})
        return super().clean(value)

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.full_name} · {obj.email}"


class TopicForm(forms.Form):
    title = Line(label=_("Title"), max_length=300)
    summary = Line(
        label=_("Summary"),
        max_length=500,
        required=False,
        help_text=_("One sentence for the card in the catalogue."),
    )
    description = Markdown(label=_("Description"), required=False)
    prerequisites = Markdown(label=_("Prerequisites"), required=False)
    area = Line(
        label=_("Area"), max_length=120, required=False, help_text=_("The field it belongs to, such as statistics.")
    )
    level = forms.ChoiceField(label=_("Level"), initial=first_level)
    capacity = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=500, initial=1, help_text=_("How many theses may come of it.")
    )
    keywords = Tags(label=_("Keywords"), required=False, help_text=_("Separated by commas"))
    supervisors = People(label=_("Supervisors"), queryset=Person.objects.none())
    version = SeenVersion()

    def __init__(self, *args: Any, taken: int = 0, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.taken = taken
        self.fields["level"].choices = offered_levels(also=self.initial.get("level", ""))
        self.fields["supervisors"].queryset = possible_supervisors()
        self.fields["supervisors"].error_messages["required"] = _("Choose at least one supervisor.")
        self.fields["description"].widget.attrs["rows"] = 10
        self.fields["prerequisites"].widget.attrs["rows"] = 4

    def clean_capacity(self) -> int:
        capacity = self.cleaned_data["capacity"]
        if capacity < self.taken:
            raise forms.ValidationError(taken_words(self.taken))
        return capacity
