from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person

from ..topics.queries import possible_supervisors


class Successor(forms.ModelChoiceField):
    def clean(self, value: Any) -> Any:
        if len(str(value or "")) > 18:  # beyond the numbers of a database
            raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": value})
        return super().clean(value)

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.full_name} · {obj.email}"


class HandOver(forms.Form):
    to = Successor(label=_("To"), queryset=Person.objects.none(), empty_label=_("Choose a supervisor"))
    ended = forms.BooleanField(
        label=_("Also theses that are over"),
        required=False,
        help_text=_("Usually they stay with who supervised them."),
    )
    take_role = forms.BooleanField(
        label=_("Then take back the role of a supervisor"),
        required=False,
        help_text=_("The account stays open. What could not be handed over can still be read."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = possible_supervisors().exclude(pk=person.pk)
