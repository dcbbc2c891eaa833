"""Form fields that clean what people type; no form saves anything."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from . import text

MAX_TEXT = 50_000  # characters of Markdown in one text
MAX_TITLE = 200


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was posted, also when that is nothing; None for a GET."""
    return request.POST if request.method == "POST" else None


class Carried(forms.HiddenInput):
    """What a page carries. Left out is other than nothing: only a program can say None."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data[name] if name in data else ""


class SeenVersion(forms.IntegerField):
    """The version that a form was opened with, so that nobody overwrites what another saved meanwhile. Every page of ours
    carries one: a form without, or with nonsense, cleans to 0, which no thing ever had, and so is stale. A program that
    leaves it out (None) asks for no such care."""

    widget = Carried

    def __init__(self) -> None:
        super().__init__(required=False, min_value=1, max_value=2**31 - 1)

    def clean(self, value: Any) -> int | None:
        try:
            return None if value is None else super().clean(value) or 0
        except ValidationError:
            return 0


class SeenMark(forms.CharField):
    """The same for what has a mark of its contents instead of a version; nothing and nonsense fit none."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> str:
        return str(value or "")


class Line(forms.CharField):
    """One line of text, cleaned."""

    def __init__(self, *, max_length: int = MAX_TITLE, **kwargs: Any):
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return text.one_line(super().to_python(value) or "")


class Markdown(forms.CharField):
    """A Markdown text, cleaned; shown with toolbar and preview."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = MAX_TEXT, **kwargs: Any):
        super().__init__(max_length=max_length, **kwargs)
        self.widget.attrs.setdefault("rows", 5)
        self.is_markdown = True

    def to_python(self, value: Any) -> str:
        return text.many_lines(super().to_python(value) or "")


class Day(forms.DateField):
    """A calendar day between 1970 and 2199."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found and not 1970 <= found.year < 2200:
            raise ValidationError(_("Give a year between 1970 and 2199."))
        return found


class Moment(forms.DateTimeField):
    """Date and time in the person's zone; cleaned to an aware datetime."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]

    def clean(self, value: Any) -> Any:
        try:
            found = super().clean(value)
        except OverflowError:
            raise ValidationError(_("Give a year between 1970 and 2199.")) from None
        if found and not 1970 <= found.year < 2200:
            raise ValidationError(_("Give a year between 1970 and 2199."))
        return found


class WebLink(forms.URLField):
    """An http or https address."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("max_length", 2000)
        super().__init__(assume_scheme="https", **kwargs)

    def clean(self, value: Any) -> str:
        found = super().clean(value)
        if found and not found.lower().startswith(("http://", "https://")):
            raise ValidationError(_("Only http and https links are kept."))
        return found


class Tags(forms.CharField):
    """Comma-separated words; cleaned to a list without repeats (any case)."""

    def __init__(self, *, most: int = 20, longest: int = 50, **kwargs: Any):
        super().__init__(max_length=2000, **kwargs)
        self.most, self.longest = most, longest

    def clean(self, value: Any) -> list[str]:
        raw = super().clean(value) or ""
        found = {word.casefold(): word for part in raw.split(",") if (word := text.one_line(part))}
        if len(found) > self.most:
            raise ValidationError(_("At most %(n)s, please.") % {"n": self.most})
        if any(len(word) > self.longest for word in found.values()):
            raise ValidationError(_("Each at most %(n)s characters.") % {"n": self.longest})
        return list(found.values())
