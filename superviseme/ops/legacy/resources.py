"""resource and research_project_resource become links; an address that is not http or https is kept as text."""

import re
from urllib.parse import urlsplit

from superviseme.notifications.catalog import Verb
from superviseme.workspaces.files.models import Document, DocumentKind

from .ledger import Home, Ledger
from .reader import Source
from .rows import Row

_SCHEME = re.compile(r"(https?)://", re.IGNORECASE)
_NEVER = re.compile(r"[\s<>\"\\^`{|}]")


def import_resources(source: Source, ledger: Ledger, table: str, kind: str) -> None:
    pairs: list[tuple[Row, Document]] = []
    homes: dict[int, Home] = {}
    for row in ledger.new(source.rows(table)):
        home = ledger.room(row, kind)
        if home is not None:
            homes[row.id] = home
            pairs.append((row, _document(row, home, ledger)))
    for row, document in ledger.keep(pairs):
        ledger.stirred(homes[row.id], document.created_at)
        ledger.happened(Verb.FILE_ADDED, document, document.created_at, None)


def web_address(value: str) -> str:
    """The address when it is one a browser may open by a click, else nothing."""
    found = _SCHEME.match(value)
    if not found or _NEVER.search(value):
        return ""
    try:
        host = urlsplit(value).hostname
    except ValueError:
        return ""
    return f"{found[1].lower()}://{value[found.end() :]}" if host else ""


def _document(row: Row, home: Home, ledger: Ledger) -> Document:
    """Nobody recorded who added it: it counts as the author's, or whoever is in charge."""
    raw = row.line("resource_url")
    address = web_address(raw)
    if not address:
        row.note("resource_url", "is no http or https address; kept as text" if raw else "was empty")
    title, description = _title(row, raw)
    return Document(
        workspace=home.workspace,
        number=ledger.next_number(home, "last_file"),
        kind=DocumentKind.LINK if address else DocumentKind.TEXT,
        title=title,
        description=description,
        category=row.line("resource_type", 50),
        url=address or raw,
        created_by_id=home.author or home.in_charge or ledger.former(),
        created_at=row.time_or("created_at", ledger.moment),
    )


def _title(row: Row, raw: str) -> tuple[str, str]:
    """There were no titles: a short description becomes one, else the address without its scheme."""
    description = row.text("description")
    words = " ".join(description.split())
    if words and len(words) <= 120:
        return words, ""
    short = re.sub(r"^\w+://(www\.)?", "", raw).rstrip("/")
    return (short if len(short) <= 200 else short[:199] + "…") or f"Resource {row.id}", description
