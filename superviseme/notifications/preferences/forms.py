from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.policy.roles import Role

from ..models import Habits
from ..ways import ways_to
from .queries import Cell, channels_of, habits_of, table_of

HOURS = [(str(hour), f"{hour:02d}:00") for hour in range(24)]


class Choices(forms.Form):
    """One select a category and way, and the hours. `changed` is what differs from what stands."""

    daily_hour = forms.TypedChoiceField(label=_("Daily letter at"), choices=HOURS, coerce=int)
    quiet_from = forms.TypedChoiceField(
        label=_("Rest from"), choices=[("", _("no rest")), *HOURS], coerce=int, empty_value=None, required=False
    )
    quiet_until = forms.TypedChoiceField(
        label=_("until"), choices=[("", "–"), *HOURS], coerce=int, empty_value=None, required=False
    )
    weekly_report = forms.BooleanField(label=_("Monday report about whom I supervise"), required=False)
    weekly_plan = forms.BooleanField(label=_("Monday plan for my own work"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        ways = ways_to([person])[person.pk]
        self.table, self.channels = table_of(person, ways), channels_of(ways)
        habits = habits_of(person)
        kwargs["initial"] = {name: getattr(habits, name) for name in _of_habits(Habits)}
        super().__init__(*args, **kwargs)
        for cell in self._cells():
            self.fields[cell.name] = forms.ChoiceField(choices=cell.options, initial=cell.chosen, required=False)
            self.fields[cell.name].label = _("Notices")
        if not person.roles & {Role.SUPERVISOR, Role.RESEARCHER}:
            del self.fields["weekly_report"]
        if not person.roles & {Role.STUDENT, Role.RESEARCHER}:
            del self.fields["weekly_plan"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and (found["quiet_from"] is None) != (found["quiet_until"] is None):
            self.add_error("quiet_until", _("Say when the rest begins and when it ends, or neither."))
        elif not self.errors and found["quiet_from"] is not None and found["quiet_from"] == found["quiet_until"]:
            self.add_error(
                "quiet_until", _("A rest that ends when it begins is none. Choose another hour, or no rest.")
            )
        return found

    def habits(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in _of_habits(Habits) if name in self.cleaned_data}

    def deliveries(self) -> dict[tuple[str, str], str]:
        """{(category, channel): delivery} of every choice that was sent."""
        sent = {(c.category.value, c.channel): self.cleaned_data.get(c.name, "") for c in self._cells()}
        return {key: value for key, value in sent.items() if value}

    def _cells(self) -> list[Cell]:
        return [cell for _category, cells in self.table for cell in cells if cell.options]


def _of_habits(model: type[Habits]) -> list[str]:
    return [f.name for f in model._meta.concrete_fields if f.name not in ("id", "person")]
