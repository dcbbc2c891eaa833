"""What people type about updates; nothing is saved here."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Markdown, SeenVersion, Tags

from ..files.forms import Uploads
from .models import UpdateKind


class UpdateForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=UpdateKind)
    text = Markdown(label=_("Text"), error_messages={"required": _("Write something first.")})
    tags = Tags(label=_("Tags"), required=False, help_text=_("Separated by commas"))
    files = Uploads(label=_("Files"), required=False)
    version = SeenVersion()

    def __init__(self, *args: Any, may_post: bool = True, may_give_feedback: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        feedback = [(UpdateKind.FEEDBACK.value, UpdateKind.FEEDBACK.label)] if may_give_feedback else []
        others = [c for c in UpdateKind.choices if c[0] != UpdateKind.FEEDBACK] if may_post else []
        self.fields["kind"].choices = [*feedback, *others]


class CommentForm(forms.Form):
    text = Markdown(label=_("Your answer"), error_messages={"required": _("Write something first.")})
    parent = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    version = SeenVersion()


class TagForm(forms.Form):
    words = Tags(label=_("Tags"))
