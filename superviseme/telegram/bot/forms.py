import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.notifications.categories import CATEGORIES
from superviseme.web.forms import SeenMark

from ..models import Bot, Mode
from .actions import version_of
from .queries import is_fixed
from .words import FIXED

TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,100}")
KINDS = [(category.value, kind.label) for category, kind in CATEGORIES.items()]


class BotForm(forms.Form):
    token = forms.CharField(
        label=_("Token"),
        max_length=130,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("From @BotFather. It is kept encrypted and never shown again; leave this empty to keep it."),
    )
    mode = forms.ChoiceField(label=_("How messages to the bot come here"), choices=Mode, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(
        label=_("Kinds of news that may go by Telegram"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("People choose among these in their profile."),
    )
    seen = SeenMark()

    def __init__(self, *args: Any, row: Bot, **kwargs: Any):
        offered = [key for key, _label in KINDS] if row.kinds is None else row.kinds
        kwargs["initial"] = {"mode": row.mode, "kinds": offered, "seen": version_of(row)}
        super().__init__(*args, **kwargs)
        if is_fixed():
            self.fields["token"].disabled = True
            self.fields["token"].help_text = FIXED

    def clean_token(self) -> str:
        token: str = self.cleaned_data["token"].strip()
        if token and not TOKEN.fullmatch(token):
            raise forms.ValidationError(_("This is no token. It looks like 123456789:AA…"))
        return token

    def clean_kinds(self) -> list[str] | None:
        """None when all are offered, so that kinds that come later are as well."""
        chosen: list[str] = self.cleaned_data["kinds"]
        return None if len(chosen) == len(KINDS) else chosen
