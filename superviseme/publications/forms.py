import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from superviseme.web.forms import Line, SeenVersion, WebLink
from superviseme.web.text import clean, one_line

from .bibtex.read import MOST_CHARACTERS, too_large
from .kinds import KINDS
from .models import Publication, name_of
from .orcid.number import orcid_in
from .orcid.shapes import bare_doi

FURTHER = (("employment", _("Position")), ("education", _("Degree")), ("funding", _("Grant")))
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


class Date(forms.CharField):
    """As precise as known: 2024, 2024-05 or 2024-05-31."""

    def __init__(self, **kwargs: Any):
        attrs = {"placeholder": "2024-05", "inputmode": "numeric"}
        super().__init__(max_length=10, required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        found = super().clean(value).strip()
        if found and not _DATE.fullmatch(found):
            raise forms.ValidationError(_("Write the year, or year and month, like 2024 or 2024-05."))
        return found


class Entry(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"))
    title = Line(label=_("Title"), max_length=500, help_text=_("Of a position, degree or grant: what it is called."))
    authors = forms.CharField(
        label=_("Authors"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=_("One a line, family name first: Carberry, Josiah."),
    )
    venue = Line(
        label=_("Where"), max_length=500, required=False, help_text=_("Journal, book, conference, school or employer.")
    )
    publisher = Line(label=_("Publisher"), max_length=300, required=False)
    volume = Line(label=_("Volume"), max_length=60, required=False)
    issue = Line(label=_("Issue"), max_length=60, required=False)
    pages = Line(label=_("Pages"), max_length=60, required=False)
    published = Date(label=_("Date"), help_text=_("Year, or year and month."))
    until = Date(label=_("Until"), help_text=_("For positions, degrees and grants."))
    doi = Line(label=_("DOI"), max_length=300, required=False)
    url = WebLink(label=_("Address"), required=False)
    version = SeenVersion()

    def __init__(self, *args: Any, publication: Publication | None = None, **kwargs: Any):
        self.publication = publication
        if publication:
            kwargs["initial"] = _shown(publication)
        super().__init__(*args, **kwargs)
        known = [*((name, kind.label) for name, kind in KINDS.items()), *FURTHER]
        if publication and publication.kind not in dict(known):
            known.append((publication.kind, publication.kind_label))
        self.fields["kind"].choices = known

    def clean_authors(self) -> list[dict[str, str]]:
        lines = [one_line(line)[:300] for line in clean(self.cleaned_data["authors"]).split("\n")]
        return [_author(line) for line in lines if line][:500]

    def clean_doi(self) -> str:
        found = bare_doi(self.cleaned_data["doi"])
        if found and not re.fullmatch(r"10\.\d{3,}/\S+", found):
            raise forms.ValidationError(_("A DOI looks like 10.1000/182."))
        return found

    def entry(self) -> dict[str, Any]:
        """What to save; identifiers of other kinds stay as they are."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("doi", "version")}
        kept = dict(self.publication.identifiers or {}) if self.publication else {}
        kept.pop("doi", None)
        return {**said, "identifiers": {**kept, **({"doi": doi} if (doi := self.cleaned_data["doi"]) else {})}}


def _shown(publication: Publication) -> dict[str, Any]:
    names = "kind title venue publisher volume issue pages published until url doi version".split()
    lines = [f"{a['family']}, {a['given']}" if a.get("family") else name_of(a) for a in publication.authors]
    return {**{name: getattr(publication, name) for name in names}, "authors": "\n".join(lines)}


def _author(line: str) -> dict[str, str]:
    family, comma, given = line.partition(",")
    return (
        {"family": family.strip(), "given": given.strip()}
        if comma and family.strip() and given.strip()
        else {"literal": line}
    )


class Import(forms.Form):
    """BibTeX, pasted or in a file."""

    text = forms.CharField(
        label=_("BibTeX"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "code-input"}),
    )
    file = forms.FileField(label=_("Or a .bib file"), required=False)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        file = found.get("file")
        if file:
            if file.size > 4 * MOST_CHARACTERS:  # bytes; `read` counts characters
                raise forms.ValidationError(too_large())
            found["text"] = file.read().decode("utf-8-sig", "replace")
        if not (found.get("text") or "").strip():
            raise forms.ValidationError(_("Paste some BibTeX, or choose a file."))
        return found


class Orcid(forms.Form):
    orcid = forms.CharField(
        label=_("ORCID iD"),
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "0000-0002-1825-0097", "spellcheck": "false"}),
    )

    def clean_orcid(self) -> str:
        found = orcid_in(self.cleaned_data["orcid"])
        if not found:
            raise forms.ValidationError(
                _("This is no ORCID iD: it has four groups of four, and the last character checks the others.")
            )
        return found
