"""Publications as CSL-JSON, the form that reference managers exchange."""

from collections.abc import Iterable
from typing import Any

from superviseme.publications.bibtex.write import key
from superviseme.publications.kinds import KINDS, kind_called
from superviseme.publications.models import Publication, others


def csl(publications: Iterable[Publication]) -> list[dict[str, Any]]:
    return [item(one) for one in publications]


def item(publication: Publication) -> dict[str, Any]:
    kind = kind_called(publication.kind)
    holds = {"phdthesis": "publisher", "mastersthesis": "publisher", "techreport": "publisher"}
    venue = holds.get(KINDS[kind].bibtex, "collection-title" if kind == "book" else "container-title")
    found: dict[str, Any] = {
        "id": key(publication),
        "type": KINDS[kind].csl,
        "title": publication.title,
        "author": [dict(author) for author in publication.authors if not others(author)],
        "publisher": publication.publisher,
        "volume": publication.volume,
        "issue": publication.issue,
        "page": publication.pages.replace("–", "-"),
        "DOI": publication.doi,
        "ISBN": (publication.identifiers or {}).get("isbn", ""),
        "ISSN": (publication.identifiers or {}).get("issn", ""),
        "URL": publication.url,
        "genre": str(KINDS[kind].label) if KINDS[kind].csl == "thesis" else "",
    }
    found[venue] = publication.venue or found.get(venue, "")
    parts = [int(part) for part in publication.published.split("-") if part.isascii() and part.isdigit()]
    if publication.year and parts:
        found["issued"] = {"date-parts": [parts[:3]]}
    return {name: value for name, value in found.items() if value}
