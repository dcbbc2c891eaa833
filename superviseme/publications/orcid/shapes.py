"""What ORCID's public API (v3.0) says, read into what we keep. What is missing or of another shape is left out, never guessed."""

import re
from dataclasses import dataclass, field
from typing import Any

from superviseme.publications.bibtex.read import Unreadable, read_one
from superviseme.publications.kinds import Section, kind_called
from superviseme.web.text import one_line

from .credited import author_called


class Malformed(Exception):
    """The answer has not the shape of the API; nothing may be concluded from it."""


@dataclass
class Entry:
    """One row as ORCID has it."""

    put_code: int
    section: Section
    kind: str
    title: str
    venue: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    published: str = ""
    until: str = ""
    url: str = ""
    authors: list[dict[str, str]] = field(default_factory=list)
    identifiers: dict[str, str] = field(default_factory=dict)


def works(answer: Any) -> list[Entry]:
    return [_work(_preferred(summaries)) for summaries in _groups(answer, "group", "work-summary")]


def fundings(answer: Any) -> list[Entry]:
    return [_funding(_preferred(summaries)) for summaries in _groups(answer, "group", "funding-summary")]


def affiliations(answer: Any, section: Section) -> list[Entry]:
    """Employments and educations: groups of wrapped summaries."""
    found = []
    for summaries in _groups(answer, "affiliation-group", "summaries"):
        wrapped = [one for row in summaries if isinstance(one := _dict(row).get(f"{section.value}-summary"), dict)]
        if not wrapped:
            raise Malformed("a summary is missing")
        found.append(_affiliation(_preferred(wrapped), section))
    return found


def full_works(answer: Any) -> dict[int, dict[str, Any]]:
    """The works of a bulk answer by their number; single ones that failed are left out."""
    rows = _list(_dict(answer).get("bulk"))
    found = (row.get("work") for row in rows if isinstance(row, dict))
    return {
        work["put-code"]: work for work in found if isinstance(work, dict) and isinstance(work.get("put-code"), int)
    }


def add_details(entry: Entry, work: dict[str, Any]) -> None:
    """Who wrote it, and what only its BibTeX says."""
    credited = _dict(work.get("contributors") or {}).get("contributor") or []
    names = [_value(person, "credit-name") for person in _list(credited) if _wrote(person)]
    entry.authors = [author_called(name) for name in names if name] or entry.authors
    citation = work.get("citation")
    if isinstance(citation, dict) and str(citation.get("citation-type")).lower() == "bibtex":
        try:
            told = read_one(str(citation.get("citation-value") or ""))
        except Unreadable:
            return
        if told.authors and (not entry.authors or len(told.authors) >= len(entry.authors)):
            entry.authors = told.authors  # family and given names apart
        for name in ("venue", "publisher", "volume", "issue", "pages"):
            if not getattr(entry, name):
                setattr(entry, name, getattr(told, name))
    entry.venue = entry.venue or _value(work, "journal-title")[:500]


def _work(row: Any) -> Entry:
    row = _dict(row)
    return Entry(
        put_code=_number(row),
        section=Section.WORK,
        kind=kind_called(str(row.get("type") or "")),
        title=_title(row),
        venue=_value(row, "journal-title")[:500],
        published=_date(row.get("publication-date")),
        url=_address(row),
        identifiers=_identifiers(row),
    )


def _funding(row: Any) -> Entry:
    row = _dict(row)
    return Entry(
        put_code=_number(row),
        section=Section.FUNDING,
        kind=one_line(str(row.get("type") or "funding"))[:60].lower(),
        title=_title(row),
        venue=_organisation(row),
        published=_date(row.get("start-date")),
        until=_date(row.get("end-date")),
        url=_address(row),
        identifiers=_identifiers(row),
    )


def _affiliation(row: dict[str, Any], section: Section) -> Entry:
    place = _organisation(row)
    role, department = (one_line(str(row.get(name) or "")) for name in ("role-title", "department-name"))
    return Entry(
        put_code=_number(row),
        section=section,
        kind=section.value,
        title=(role or department or place)[:500] or "–",
        venue=", ".join(part for part in (department if role else "", place) if part)[:500],
        published=_date(row.get("start-date")),
        until=_date(row.get("end-date")),
        url=_address(row),
        identifiers=_identifiers(row),
    )


def _groups(answer: Any, name: str, inner: str) -> list[list[Any]]:
    groups = _list(_dict(answer).get(name))
    found = [_list(_dict(group).get(inner)) for group in groups]
    if not all(found):
        raise Malformed("a group is empty")
    return found


def _preferred(summaries: list[Any]) -> Any:
    """Of one thing that several sources tell, the version its owner chose to show: the highest index."""

    def index(row: Any) -> int:
        said = str(row.get("display-index") or "") if isinstance(row, dict) else ""
        return int(said[:9]) if said.isascii() and said.isdigit() else 0

    return max(summaries, key=index)


def _wrote(person: Any) -> bool:
    attributes = person.get("contributor-attributes") if isinstance(person, dict) else None
    role = attributes.get("contributor-role") if isinstance(attributes, dict) else None
    return isinstance(person, dict) and (not role or "author" in str(role).lower() or "writing" in str(role).lower())


def _dict(found: Any) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise Malformed("an object is missing")
    return found


def _list(found: Any) -> list[Any]:
    if not isinstance(found, list):
        raise Malformed("a list is missing")
    return found


def _number(row: dict[str, Any]) -> int:
    found = row.get("put-code")
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < 2**63:
        raise Malformed("a number is missing")
    return found


def _value(row: Any, name: str) -> str:
    """{"value": "…"} under this name, "" for none."""
    inner = row.get(name) if isinstance(row, dict) else None
    found = inner.get("value") if isinstance(inner, dict) else None
    return one_line(found) if isinstance(found, str) else ""


def _title(row: dict[str, Any]) -> str:
    return _value(row.get("title"), "title")[:500] or "–"


def _organisation(row: dict[str, Any]) -> str:
    found = row.get("organization")
    name = found.get("name") if isinstance(found, dict) else ""
    return one_line(name)[:300] if isinstance(name, str) else ""


def _address(row: dict[str, Any]) -> str:
    found = _value(row, "url")
    return found[:2000] if found.lower().startswith(("http://", "https://")) else ""


def _date(found: Any) -> str:
    """2024, 2024-05 or 2024-05-31, as precise as told."""
    parts = [_value(found, name) for name in ("year", "month", "day")] if isinstance(found, dict) else []
    date = ""
    for part, shape in zip(parts, (r"\d{4}", r"0?[1-9]|1[0-2]", r"0?[1-9]|[12]\d|3[01]"), strict=False):
        if not re.fullmatch(shape, part, re.ASCII):
            break
        date = f"{date}-{int(part):02}" if date else part
    return date


def _identifiers(row: dict[str, Any]) -> dict[str, str]:
    """The first of each type; those of the thing itself, not of what holds it."""
    outer = row.get("external-ids")
    rows = outer.get("external-id") if isinstance(outer, dict) else None
    found: dict[str, str] = {}
    for one in rows if isinstance(rows, list) else []:
        kind, value = (one.get("external-id-type"), one.get("external-id-value")) if isinstance(one, dict) else ("", "")
        if isinstance(kind, str) and isinstance(value, str) and one.get("external-id-relationship") != "part-of":
            kind, value = kind.strip().lower()[:40], one_line(value)[:300]
            if kind and value:
                found.setdefault(kind, bare_doi(value) if kind == "doi" else value)
    return found


def bare_doi(value: str) -> str:
    """10.1000/x, without what people write before it."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", value.strip(), flags=re.IGNORECASE)
