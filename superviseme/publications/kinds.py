"""What can stand in a list of publications, and what other programs call it."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Section(models.TextChoices):
    WORK = "work", _("Works")
    EMPLOYMENT = "employment", _("Employment")
    EDUCATION = "education", _("Education")
    FUNDING = "funding", _("Funding")


@dataclass(frozen=True)
class Kind:
    label: str | Promise
    bibtex: str
    csl: str
    venue: str = "journal"  # the BibTeX field in which the venue stands


KINDS: dict[str, Kind] = {
    "journal-article": Kind(_("Journal article"), "article", "article-journal"),
    "conference-paper": Kind(_("Conference paper"), "inproceedings", "paper-conference", "booktitle"),
    "book": Kind(_("Book"), "book", "book", "series"),
    "book-chapter": Kind(_("Book chapter"), "incollection", "chapter", "booktitle"),
    "dissertation-thesis": Kind(_("Doctoral thesis"), "phdthesis", "thesis", "school"),
    "masters-thesis": Kind(_("Master's thesis"), "mastersthesis", "thesis", "school"),
    "report": Kind(_("Report"), "techreport", "report", "institution"),
    "preprint": Kind(_("Preprint"), "unpublished", "article", "howpublished"),
    "data-set": Kind(_("Data set"), "misc", "dataset", "howpublished"),
    "software": Kind(_("Software"), "misc", "software", "howpublished"),
    "other": Kind(_("Other work"), "misc", "document", "howpublished"),
}
SECTIONS_OF_KINDS = {
    Section.EMPLOYMENT: ("employment", "distinction", "invited-position", "membership", "service"),
    Section.EDUCATION: ("education", "qualification", "degree"),
    Section.FUNDING: ("funding", "grant", "contract", "award", "salary-award"),
}
_GUESSES = (
    ("chapter", "book-chapter"),
    ("book", "book"),
    ("conference", "conference-paper"),
    ("proceeding", "conference-paper"),
    ("master", "masters-thesis"),
    ("thesis", "dissertation-thesis"),
    ("dissertation", "dissertation-thesis"),
    ("preprint", "preprint"),
    ("report", "report"),
    ("working-paper", "report"),
    ("data", "data-set"),
    ("software", "software"),
    ("journal", "journal-article"),
    ("article", "journal-article"),
)


def kind_called(name: str) -> str:
    """A kind of ours for what others call one: the same name, a name that holds one, or other."""
    name = name.strip().lower().replace("_", "-").replace(" ", "-")
    if name in KINDS:
        return name
    return next((kind for part, kind in _GUESSES if part in name), "other")


def section_called(kind: str) -> Section:
    """Where something of this kind stands."""
    kind = kind.strip().lower().replace("_", "-")
    return next((section for section, kinds in SECTIONS_OF_KINDS.items() if kind in kinds), Section.WORK)
