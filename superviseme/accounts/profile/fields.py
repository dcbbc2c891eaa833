"""Choices of a profile."""

import zoneinfo
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from superviseme.site.values import setting

ABOUT = 4000  # characters


class Language(forms.ChoiceField):
    def __init__(self, **kwargs: Any):
        super().__init__(choices=[("", _("As the browser says")), *settings.LANGUAGES], **kwargs)


class TimeZone(forms.CharField):
    """A zone by its name; the browser helps with a list of them."""

    def __init__(self, **kwargs: Any):
        attrs = {"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=60, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.help_text = _help()

    def clean(self, value: Any) -> str:
        found = super().clean(value).strip()
        if found and found not in zones():
            raise forms.ValidationError(_("There is no such time zone; choose one of the list."))
        return found


def _words() -> str:
    return gettext("For example Europe/Rome. Empty means the zone of the site, %(zone)s.") % {
        "zone": setting("time_zone")
    }


_help = lazy(_words, str)  # a form is made before there are settings


@cache  # reads six hundred files
def zones() -> list[str]:
    return sorted(
        zone
        for zone in zoneinfo.available_timezones()
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix/", "right/"))
    )
