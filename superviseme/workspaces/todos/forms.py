"""What people type about to-dos; nothing is saved here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Day, Line, Markdown, SeenVersion

from .models import Priority, TodoState


class TodoForm(forms.Form):
    title = Line(label=_("Title"), error_messages={"required": _("Say in a few words what is to be done.")})
    assignee = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    due_on = Day(label=_("Due day"), required=False)
    priority = forms.TypedChoiceField(label=_("Priority"), required=False, coerce=int, choices=Priority.choices)
    description = Markdown(label=_("Description"), required=False)
    version = SeenVersion()

    def __init__(self, *args: Any, people: dict[int, Any], **kwargs: Any):
        """`people` are those who can be given it, by id."""
        super().__init__(*args, **kwargs)
        self.people = people
        assignee = self.fields["assignee"]
        assignee.choices = [("", _("Nobody yet")), *((pk, person.full_name) for pk, person in people.items())]
        assignee.error_messages["invalid_choice"] = _("Only somebody of this workspace can be given a to-do in it.")
        self.fields["title"].widget.attrs["autocomplete"] = "off"

    def clean_priority(self) -> int:
        return self.cleaned_data["priority"] or Priority.MEDIUM

    def clean_assignee(self) -> Any:
        return self.people.get(self.cleaned_data["assignee"])


class MoveForm(forms.Form):
    to = forms.ChoiceField(choices=TodoState.choices)
