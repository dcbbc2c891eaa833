"""orcid_activity becomes publications; the same one of the same person once."""

import json
import re
from typing import Any

from superviseme.publications.kinds import section_called
from superviseme.publications.models import Publication
from superviseme.web.text import one_line

from .ledger import Ledger
from .reader import Source
from .resources import web_address
from .rows import Row

ORIGIN = "predecessor"
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def import_publications(source: Source, ledger: Ledger) -> None:
    have: dict[tuple[Any, ...], int] = {}
    for found in Publication.objects.only("owner", "kind", "title", "published", "identifiers"):
        have |= dict.fromkeys(_keys(found), found.pk)
    pairs: list[tuple[Row, Publication]] = []
    doubles: list[tuple[Row, tuple[Any, ...]]] = []
    for row in ledger.new(source.rows("orcid_activity")):
        owner = ledger.person(row.ref("user_id"))
        if owner is None:
            row.refuse("this user is not in the file")
            continue
        publication = _publication(row, owner, ledger)
        known = next((key for key in _keys(publication) if key in have), None)
        if known:
            doubles.append((row, known))
            continue
        have |= dict.fromkeys(_keys(publication), 0)
        pairs.append((row, publication))
    for _, publication in ledger.keep(pairs):
        have |= dict.fromkeys(_keys(publication), publication.pk)
    for row, key in doubles:
        ledger.merge(
            row, "publications.publication", have[key], "the same publication of the same person is there already"
        )


def _publication(row: Row, owner: int, ledger: Ledger) -> Publication:
    raw, identifiers = row.line("url"), _identifiers(row)
    address = web_address(raw)
    if raw and not address:
        row.note("url", "is no http or https address; kept among the identifiers")
        identifiers["address"] = raw
    title, whole = row.titled("title", 500, empty=f"Publication {row.id}")
    if whole:
        identifiers["title"] = whole
    kind = row.line("type", 60) or "other"
    published = row.line("publication_date", 20)
    if published and not _DAY.fullmatch(published):
        row.note("publication_date", "is no year, month or day; kept as it is")
    changed = row.time("updated_at")
    created = row.time_or("created_at", ledger.moment)
    return Publication(
        owner_id=owner,
        source=ORIGIN,
        section=section_called(kind),
        kind=kind,
        title=title,
        venue=row.line("organization", 500),
        published=published,
        url=address,
        identifiers=identifiers,
        created_at=created,
        edited_at=changed if changed and changed > created else None,
    )


def _identifiers(row: Row) -> dict[str, str]:
    """[{"type": "doi", "value": "10.1/x"}] as {"doi": "10.1/x"}; anything else is kept as it stands."""
    text = row.text("external_ids")
    if not text:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        row.note("external_ids", "is not readable as a list; kept as text")
        return {"text": text}
    entries = found if isinstance(found, list) else [found]
    kept: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, dict) and entry.get("type") and entry.get("value"):
            kept.setdefault(one_line(str(entry["type"]))[:40].lower(), one_line(str(entry["value"])))
        elif entry:
            kept["text"] = text
    return kept


def _keys(publication: Publication) -> list[tuple[Any, ...]]:
    """What makes two publications of one person the same: the DOI, or kind, title and date."""
    title = " ".join(publication.title.casefold().split())
    keys: list[tuple[Any, ...]] = [(publication.owner_id, publication.kind.lower(), title, publication.published)]
    doi = (publication.identifiers or {}).get("doi")
    return [*keys, (publication.owner_id, "doi", str(doi).lower())] if doi else keys
