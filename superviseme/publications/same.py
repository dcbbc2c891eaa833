"""When two entries are the same publication: the DOI, or the title in the same year."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from .models import Publication

Key = tuple[str, ...]


def keys(thing: Any) -> list[Key]:
    """Of a publication, or of anything with its title, published and identifiers."""
    doi = str((thing.identifiers or {}).get("doi") or "").lower()
    title = "".join(c for c in unicodedata.normalize("NFKD", thing.title.casefold()) if c.isalnum())
    found: list[Key] = [("doi", doi)] if doi else []
    return [*found, ("title", title, thing.published[:4])] if title else found


def index(publications: Iterable[Publication]) -> dict[Key, Publication]:
    """The first under each key."""
    found: dict[Key, Publication] = {}
    for one in publications:
        for key in keys(one):
            found.setdefault(key, one)
    return found


def find(known: dict[Key, Publication], thing: Any) -> Publication | None:
    """Two DOIs that differ are two publications, whatever their titles."""
    for key in keys(thing):
        found = known.get(key)
        theirs, ours = str((thing.identifiers or {}).get("doi") or "").lower(), found.doi.lower() if found else ""
        if found and not (theirs and ours and theirs != ours):
            return found
    return None
