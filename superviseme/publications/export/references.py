"""Publications as references to print, near to the style of the APA (7th edition)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from superviseme.publications.kinds import KINDS, kind_called
from superviseme.publications.models import Publication, others

MOST_NAMES = 20


def references(publications: Iterable[Publication]) -> str:
    """One to a line, in the order of a reference list: names, then year."""
    found = sorted((reference(one) for one in publications), key=str.casefold)
    return "\n\n".join(found) + "\n"


def reference(publication: Publication) -> str:
    """Author, A. B., & Other, C. (2024). Title. Journal, 12(3), 4–5. https://doi.org/10.1000/x"""
    kind = KINDS[kind_called(publication.kind)]
    names, year = _names(publication), f"({publication.year or _('n.d.')})."
    title = _ended(publication.title + (f" [{kind.label}]" if kind.csl == "thesis" else ""))
    head = f"{names} {year} {title}" if names else f"{title} {year}"
    address = f"https://doi.org/{publication.doi}" if publication.doi else publication.url
    return " ".join(part for part in (head, _where(publication, kind.bibtex), address) if part)


def _names(publication: Publication) -> str:
    names = [_name(author) for author in publication.authors if not others(author)]
    if names and others(publication.authors[-1]):
        return f"{', '.join(names)}, et al."
    if len(names) > MOST_NAMES:
        return _ended(f"{', '.join(names[: MOST_NAMES - 1])}, … {names[-1]}")
    if len(names) > 1:
        return _ended(f"{', '.join(names[:-1])}, & {names[-1]}")
    return _ended("".join(names))


def _name(author: dict[str, str]) -> str:
    family, given = author.get("family", ""), author.get("given", "")
    if not family or not given:
        return author.get("literal") or family or given
    initials = " ".join("-".join(f"{part[0]}." for part in name.split("-") if part) for name in given.split())
    return f"{family}, {initials}"


def _where(publication: Publication, bibtex: str) -> str:
    volume = publication.volume + (f"({publication.issue})" if publication.issue else "")
    if bibtex == "article":
        return _ended(", ".join(part for part in (publication.venue, volume, publication.pages) if part))
    pages = f"(pp. {publication.pages})" if publication.pages else ""
    inside = f"In {publication.venue}" if publication.venue and bibtex in ("incollection", "inproceedings") else ""
    place = inside or publication.venue
    parts = [_ended(" ".join(part for part in (place, pages) if part)), _ended(publication.publisher)]
    return " ".join(part for part in parts if part)


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".?!" else text + "."
