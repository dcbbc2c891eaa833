from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Line, Markdown, SeenVersion


class WorkspaceForm(forms.Form):
    title = Line(label=_("Title"), max_length=300)
    description = Markdown(label=_("Description"), required=False)
    version = SeenVersion()


class FreezeForm(forms.Form):
    why = Line(label=_("Why (everybody here reads it)"), max_length=300, required=False)
