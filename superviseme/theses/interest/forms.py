from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Line, Markdown


class InterestForm(forms.Form):
    message = Markdown(
        label=_("Your message"),
        max_length=5000,
        required=False,
        help_text=_("What draws you to it, what you have done before, when you would like to start."),
    )


class DeclineForm(forms.Form):
    reason = Line(label=_("Reason"), max_length=1000, required=False, help_text=_("The student reads it."))
