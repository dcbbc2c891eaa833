"""What people type about meetings; nothing is saved here."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Day, Line, Markdown, Moment, SeenVersion, WebLink

LONGEST = 12 * 60  # minutes


class MeetingForm(forms.Form):
    title = Line(label=_("Title"))
    starts_at = Moment(label=_("Starts at"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=LONGEST, initial=60)
    place = Line(label=_("Place"), required=False)
    link = WebLink(label=_("Link"), required=False, help_text=_("To the video call, with http or https"))
    attendees = forms.TypedMultipleChoiceField(
        label=_("Who takes part"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose who takes part.")},
    )
    agenda = Markdown(label=_("Agenda"), required=False)
    version = SeenVersion()

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any):
        """`people` may be asked: {person id: name}."""
        super().__init__(*args, **kwargs)
        self.fields["attendees"].choices = list(people.items())
        self.fields["starts_at"].help_text = _("In your time zone, %(zone)s") % {
            "zone": timezone.get_current_timezone_name()
        }


class RecordForm(forms.Form):
    notes = Markdown(label=_("Notes"), required=False)
    decisions = Markdown(label=_("Decisions"), required=False, help_text=_("@todo:12 links a to-do of this workspace."))
    version = SeenVersion()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not found["notes"] and not found["decisions"]:
            raise ValidationError(_("Write notes or decisions first."))
        return found


class ActionForm(forms.Form):
    """One row of what somebody will do after the meeting: it becomes a to-do."""

    title = Line(label=_("What"), required=False)
    assignee = forms.TypedChoiceField(label=_("Who"), coerce=int, empty_value=None, required=False)
    due_on = Day(label=_("By when"), required=False)

    def __init__(self, *args: Any, people: dict[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].choices = [("", _("Nobody yet")), *people.items()]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not found.get("title") and (found.get("assignee") or found.get("due_on")):
            self.add_error("title", _("Say what is to be done."))
        return found


class VersionForm(forms.Form):
    version = SeenVersion()


class _Rows(forms.BaseFormSet):
    def rows(self) -> Iterable[dict[str, Any]]:
        """What was filled in."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("title")]


ActionRows = forms.formset_factory(ActionForm, formset=_Rows, extra=3, max_num=20, absolute_max=40)
