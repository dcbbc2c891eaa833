"""What people choose and type about files; nothing is saved here."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from superviseme.site.values import setting
from superviseme.web.forms import Line, Markdown, SeenVersion, WebLink
from superviseme.web.uploads import MOST_FILES

from ..room.models import Workspace
from .kinds import KINDS, Checked, check
from .models import Document, DocumentKind
from .quota import left_in


class FilesInput(forms.FileInput):
    """An input of type file that takes several."""

    def __init__(self, *, several: bool):
        self.allow_multiple_selected = several
        super().__init__({"accept": ",".join(f".{ending}" for ending in KINDS)})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else [f for f in [files.get(name)] if f]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files


class Uploads(forms.Field):
    """Files of kinds that are taken, by name and content; cleaned to a list of Checked."""

    def __init__(self, *, most: int = MOST_FILES, **kwargs: Any):
        self.most = most
        kwargs.setdefault("error_messages", {"required": _("Choose a file first.")})
        super().__init__(widget=FilesInput(several=most > 1), **kwargs)

    def clean(self, value: list[Any]) -> list[Checked]:
        found = super().clean(value) or []
        if len(found) > self.most:
            words = ngettext_lazy("One file at a time, please.", "At most %(n)s files at a time, please.", self.most)
            raise ValidationError(words % {"n": self.most} if self.most > 1 else words)
        checked, errors = [], []
        for one in found:
            try:
                checked.append(check(one, most=setting("max_upload_bytes")))
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return checked


class AboutForm(forms.Form):
    """What is said about a file or a link."""

    title = Line(label=_("Title"))
    description = Markdown(label=_("Description"), required=False)
    category = Line(
        label=_("Category"),
        max_length=50,
        required=False,
        help_text=_("One word, such as draft, paper, dataset, slides"),
    )


class FileForm(AboutForm):
    files = Uploads(label=_("Files"))
    title = Line(
        label=_("Title"), required=False, help_text=_("Of a single file; without one it is called by its name")
    )
    field_order = ["files", "title", "category", "description"]


class LinkForm(AboutForm):
    url = WebLink(label=_("Address"), help_text=_("With http or https"))
    field_order = ["url", "title", "category", "description"]


class VersionForm(forms.Form):
    files = Uploads(label=_("New version"), most=1)
    note = Line(label=_("What changed"), max_length=300, required=False)


class EditForm(AboutForm):
    url = WebLink(label=_("Address"))
    version = SeenVersion()
    field_order = ["title", "url", "category", "description"]

    def __init__(self, *args: Any, document: Document, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if document.kind != DocumentKind.LINK:
            del self.fields["url"]


def rule(workspace: Workspace) -> str | Promise:
    """Said before the upload."""
    size, left = filesizeformat(setting("max_upload_bytes")), left_in(workspace)
    words = _("PDF, Word, OpenDocument, LaTeX, text, tables, pictures, archives and more; at most %(size)s each")
    if left is None:
        return words % {"size": size}
    together = filesizeformat(setting("workspace_bytes"))
    words = _(
        "PDF, Word, OpenDocument, LaTeX, text, tables, pictures, archives and more; at most %(size)s each and %(together)s"
        " all files here together, of which %(left)s are left"
    )
    return words % {"size": size, "together": together, "left": filesizeformat(left)}
