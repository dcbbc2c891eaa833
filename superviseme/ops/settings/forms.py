"""A form for each group of settings, made from the table."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.profile.fields import TimeZone
from superviseme.pictures.image import type_of
from superviseme.site.table import GROUPS, MEGABYTE, Setting
from superviseme.site.values import fixed, setting
from superviseme.web.forms import Line, Markdown, SeenMark, Tags

from .actions import version_of
from .words import fixed_words, usual_word

LARGEST_LOGO = 200 * 1024
MOST_PIXELS = 4_000_000  # every visitor's browser unpacks it
DOMAIN = RegexValidator(r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$")


class Group(forms.Form):
    """Fields by the names of the settings; one of kind `names` is a line for each key. What the environment sets is
    shown and cannot be changed."""

    seen = SeenMark()

    def __init__(self, *args: Any, group: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.settings = [one for one in GROUPS[group] if one.kind != "picture" and _is_a_choice(one)]
        self.initial["seen"] = version_of(group)
        for one in self.settings:
            for name, made in _fields(one):
                self.fields[name] = made

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "levels_offered" in data and data.get("default_level") not in data["levels_offered"]:
            self.add_error("default_level", _("Choose one of the levels that are offered."))
        for domain in data.get("sign_up_domains", ()):
            try:
                DOMAIN(domain.lower())
            except forms.ValidationError:
                self.add_error("sign_up_domains", _("«%(name)s» is no domain.") % {"name": domain})
        self._refuse_twins(data)
        return data

    def _refuse_twins(self, data: dict[str, Any]) -> None:
        """Two of one name could not be told apart where one is chosen."""
        for one in self.settings:
            taken: set[str] = set()
            for key in one.choices if one.kind == "names" else ():
                word = str(data.get(f"{one.name}--{key}") or usual_word(one, key)).casefold()
                if word in taken:
                    self.add_error(f"{one.name}--{key}", _("Another one is called so already."))
                taken.add(word)

    def values(self) -> dict[str, Any]:
        """What to save, by the names of the settings."""
        return {one.name: self._value(one) for one in self.settings if not fixed(one.name)}

    def blocks(self) -> Iterator[tuple[Setting, list[forms.BoundField]]]:
        """For the template: each setting with its field, or fields."""
        for one in self.settings:
            yield one, [self[name] for name in self.fields if name == one.name or name.startswith(f"{one.name}--")]

    def _value(self, one: Setting) -> Any:
        if one.kind == "names":
            typed = {key: self.cleaned_data[f"{one.name}--{key}"] for key in one.choices}
            return {key: word for key, word in typed.items() if word and word != usual_word(one, key)}
        found = self.cleaned_data[one.name]
        if one.kind == "megabytes":
            return found * MEGABYTE
        if one.kind == "words":
            return [word.lower() for word in found]
        if one.kind == "text":
            usual = str(one.default)
            return usual if found in ("", usual.strip()) else found
        return found


class Logo(forms.Form):
    logo = forms.FileField(label=_("Picture"), widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}))

    def clean_logo(self) -> tuple[bytes, str]:
        """The bytes and what they are, by what is inside: a picture that every browser can show."""
        found = self.cleaned_data["logo"]
        if found.size > LARGEST_LOGO:
            raise forms.ValidationError(_("At most 200 kB, please."))
        kind = type_of(found, most_pixels=MOST_PIXELS)
        if not kind:
            raise forms.ValidationError(_("This is no PNG, JPEG or WebP picture."))
        found.seek(0)
        return found.read(), kind


def _is_a_choice(one: Setting) -> bool:
    return one.name != "language" or len(settings.LANGUAGES) > 1


def _fields(one: Setting) -> Iterator[tuple[str, forms.Field]]:
    if one.kind == "names":
        kept = setting(one.name)
        for key in one.choices:
            usual = usual_word(one, key)
            line = Line(label=usual, max_length=one.most, required=False, initial=kept.get(key, ""))
            line.widget.attrs["placeholder"] = usual
            yield f"{one.name}--{key}", line
        return
    made = _field(one)
    made.label, made.initial = one.label, _initial(one)
    if one.about:
        made.help_text = one.about
    if fixed(one.name):
        made.disabled, made.help_text = True, fixed_words(one)
    yield one.name, made


def _field(one: Setting) -> forms.Field:
    if one.kind in ("number", "megabytes"):
        return forms.IntegerField(min_value=one.least, max_value=one.most)
    if one.kind in ("choice", "some"):
        keys = one.choices or tuple(code for code, _name in settings.LANGUAGES)
        choices = [(key, usual_word(one, key)) for key in keys]
        if one.kind == "choice":
            return forms.ChoiceField(choices=choices)
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, required=one.name == "levels_offered"
        )
    if one.kind == "switch":
        return forms.BooleanField(required=False)
    if one.kind == "text":
        return Markdown(required=False)
    if one.kind == "words":
        return Tags(required=False, most=50, longest=200)
    return TimeZone() if one.kind == "zone" else Line(max_length=one.most)


def _initial(one: Setting) -> Any:
    value = setting(one.name)
    if one.kind == "megabytes":
        return value // MEGABYTE
    return ", ".join(value) if one.kind == "words" else value
