from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.accounts.profile.fields import ABOUT, Language, TimeZone
from superviseme.web.forms import Line, Markdown, SeenMark

from .actions import PROFILE, profile_version


class Profile(forms.Form):
    """What is known about a person; `seen` is the version the form shows."""

    name = Line(label=_("First name"), max_length=150)
    surname = Line(label=_("Family name"), max_length=150)
    degree_course = Line(label=_("Degree course"), max_length=150, required=False)
    affiliation = Line(
        label=_("Affiliation"), max_length=200, required=False, help_text=_("Department, institute or company.")
    )
    gender = Line(label=_("Gender"), max_length=30, required=False)
    nationality = Line(label=_("Nationality"), max_length=60, required=False)
    about = Markdown(label=_("About"), max_length=ABOUT, required=False)
    language = Language(label=_("Language"), required=False)
    time_zone = TimeZone(label=_("Time zone"), required=False)
    seen = SeenMark()

    def __init__(self, *args: Any, person: Person, **kwargs: Any):
        shown = {field: getattr(person, field) for field in PROFILE}
        kwargs["initial"] = {**shown, "seen": profile_version(person)}
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]

    def profile(self) -> dict[str, Any]:
        """What to save: the profile and the version it was based on."""
        return {field: self.cleaned_data[field] for field in (*PROFILE, "seen") if field in self.cleaned_data}
