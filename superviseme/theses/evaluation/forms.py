from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from superviseme.web.dates import date
from superviseme.web.forms import Line, Markdown, Moment
from superviseme.web.text import clean, filesize
from superviseme.workspaces.models import FileVersion

from ..models import OUTCOMES

DECLARATION = _(
    "I have written this thesis myself, I have named every source and every help I used, "
    "and I have not handed it in anywhere else."
)


class Grade(forms.DecimalField):
    """A number with at most two places; a comma is a point."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("min_value", Decimal(0))
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_digits=6, decimal_places=2, max_value=Decimal(9999), widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class Declaration(forms.CharField):
    """Plain text, kept word for word as it was signed."""

    widget = forms.Textarea(attrs={"rows": 4})

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "").strip()


class HandInForm(forms.Form):
    version = forms.ChoiceField(label=_("File"), help_text=_("This version is locked and kept as it is."))
    declaration = Declaration(label=_("Declaration"), max_length=5000, initial=DECLARATION)
    sign = forms.BooleanField(
        label=_("I sign this declaration"), error_messages={"required": _("Sign the declaration to hand in.")}
    )

    def __init__(self, *args: Any, versions: Sequence[FileVersion], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.versions = {str(v.pk): v for v in versions}
        self.fields["version"].choices = [(v.pk, _words(v)) for v in versions]
        self.fields["version"].error_messages["required"] = _("Choose the file you hand in.")

    def clean_version(self) -> FileVersion:
        return self.versions[self.cleaned_data["version"]]


class DefenceForm(forms.Form):
    at = Moment(label=_("Date and time"), required=False)
    place = Line(label=_("Place"), max_length=200, required=False)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect)


class _Graded(forms.Form):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        grade, most = data.get("grade"), data.get("out_of")
        if grade is not None and most is not None and grade > most:
            self.add_error("grade", _("The grade is above the highest one."))
        return data


class GradeForm(_Graded):
    """The final grade, on the same page as one's own report: its fields have names of their own in the page."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{"auto_id": "id_final_%s", **kwargs})

    grade = Grade(label=_("Final grade"))
    out_of = Grade(label=_("Out of"), min_value=Decimal("0.01"))


class EvaluationForm(_Graded):
    report = Markdown(label=pgettext_lazy("of an examiner", "Report"), required=False)
    grade = Grade(label=_("Grade"), required=False)
    out_of = Grade(label=_("Out of"), required=False, min_value=Decimal("0.01"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not data.get("report") and data.get("grade") is None:
            raise forms.ValidationError(_("Write a report or give a grade."))
        return data


def _words(version: FileVersion) -> str:
    number, title = _("version %(n)s") % {"n": version.number}, version.document.title
    parts = [version.filename, number, date(version.uploaded_at), filesize(version.size)]
    return " · ".join(parts if title == version.filename else [*parts, title])
