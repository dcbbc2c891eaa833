from io import BytesIO
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.workspaces.files.kinds import Checked

from .image import square

KIND = "image/webp"


class PictureForm(forms.Form):
    """Cleaned to a Checked, ready to be kept. The name of the file says nothing."""

    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file first."), "invalid": _("Choose a file first.")},
    )

    def clean_picture(self) -> Checked:
        chosen: Any = self.cleaned_data["picture"]
        return Checked(BytesIO(square(chosen, chosen.size)), "picture.webp", KIND)
