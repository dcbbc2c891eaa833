"""What people type about milestones; nothing is saved here."""

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Day, Line, Markdown, SeenVersion


class MilestoneForm(forms.Form):
    title = Line(label=_("Title"), error_messages={"required": _("Say in a few words what is to be reached.")})
    due_on = Day(label=_("Due day"), error_messages={"required": _("A milestone needs a day.")})
    description = Markdown(label=_("Description"), required=False)


class MilestoneEditForm(MilestoneForm):
    version = SeenVersion()
