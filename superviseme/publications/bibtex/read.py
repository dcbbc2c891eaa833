"""BibTeX as people have it: every entry is read or says why not; none holds up the others."""

import logging
import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from superviseme.web.later import later
from superviseme.web.text import one_line

from .join import TooMuch, join
from .names import apart, with_parent

bibtexparser, names, model = (later(f"bibtexparser{name}") for name in ("", ".middlewares.names", ".model"))
latex2text = later("pylatexenc.latex2text")
MOST_ENTRIES = 2000
MOST_CHARACTERS = 2_000_000
_KINDS = {
    "article": "journal-article",
    "inproceedings": "conference-paper",
    "conference": "conference-paper",
    "proceedings": "book",
    "book": "book",
    "booklet": "book",
    "collection": "book",
    "inbook": "book-chapter",
    "incollection": "book-chapter",
    "phdthesis": "dissertation-thesis",
    "thesis": "dissertation-thesis",
    "mastersthesis": "masters-thesis",
    "techreport": "report",
    "report": "report",
    "unpublished": "preprint",
    "dataset": "data-set",
    "software": "software",
}
_VENUES = ("journal", "journaltitle", "booktitle", "school", "institution", "series", "howpublished", "organization")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SIGNS = {
    **{"copyright": "©", "textcopyright": "©", "pounds": "£", "textsterling": "£", "euro": "€", "EUR": "€"},
    **{"S": "§", "P": "¶", "textbar": "|", "textless": "<", "textgreater": ">", "textunderscore": "_"},
    **{"flqq": "«", "frqq": "»", "glqq": "„", "grqq": "“", "textmu": "µ", "textohm": "Ω", "textcelsius": "°C"},
}
_BY_NAME = (
    (r"\\textbraceleft(\{\}|\b)", r"\\{"),
    (r"\\textbraceright(\{\}|\b)", r"\\}"),
    (r"\\textasciicircum(\{\}|\b)", "^"),
    (r"\\((?:La|Bib|pdf|Xe|Lua)*TeX)(\{\}|\b)", r"\1"),  # what the library would leave out
    (r"\\LaTeXe(\{\}|\b)", "LaTeX2e"),
    (r"\\-", ""),
    *((rf"\\{name}(\{{\}}|\b)\s*", sign) for name, sign in _SIGNS.items()),
)
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what is wrong is shown to who wrote it


class Unreadable(Exception):
    """Not BibTeX, or too much of it; the reason is for people."""

    def __init__(self, reason: str | Promise):
        super().__init__(str(reason))
        self.reason = reason


def too_large() -> str:
    limits = {"characters": f"{MOST_CHARACTERS:,}", "entries": f"{MOST_ENTRIES:,}"}
    said = _("This is too large: at most %(characters)s characters and %(entries)s entries go in at once.")
    return f"{said % limits} {_('Import it in parts.')}"


@dataclass
class Read:
    """One entry: what it says, or the problem with it."""

    key: str
    line: int
    kind: str = "other"
    title: str = ""
    authors: list[dict[str, str]] = field(default_factory=list)
    venue: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    published: str = ""
    url: str = ""
    identifiers: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def read(text: str) -> list[Read]:
    """Every entry in the order of the text."""
    if len(text) > MOST_CHARACTERS or text.count("@") > 20 * MOST_ENTRIES:
        raise Unreadable(too_large())
    try:
        library = bibtexparser.parse_string(text.replace("\x00", ""), parse_stack=[])
        blocks = [_as_meant(block) for block in library.blocks]
        join(library, [block for block in blocks if isinstance(block, model.Entry)])
    except TooMuch:
        raise Unreadable(too_large()) from None
    except Exception:  # noqa: BLE001 - whatever its parser stumbles over is the text's fault, and is said so
        raise Unreadable(_("This does not look like BibTeX.")) from None
    known: dict[str, dict[str, str]] = {}
    for block in blocks:
        if isinstance(block, model.Entry):
            known.setdefault(block.key.lower(), _fields(block))
    found = [one for block in blocks if (one := _read_block(block, known))]
    if not found:
        raise Unreadable(_("There is no entry in this text. One begins like @article{key, title = {…}, …}."))
    if len(found) > MOST_ENTRIES:
        raise Unreadable(too_large())
    return found


def read_one(text: str) -> Read:
    """The first entry, which must be readable."""
    found = read(text[:100_000])[0]
    if found.problem:
        raise Unreadable(found.problem)
    return found


def _as_meant(block: Any) -> Any:
    """Two entries of one key are two entries; ours have keys of their own."""
    return block.ignore_error_block if isinstance(block, model.DuplicateBlockKeyBlock) else block


def _read_block(block: object, known: dict[str, dict[str, str]]) -> Read | None:
    if isinstance(block, model.DuplicateFieldKeyBlock):
        key = getattr(block.ignore_error_block, "key", "") or "?"
        twice = ", ".join(sorted(block.duplicate_keys))
        return Read(key, _line(block), problem=_("The field %(names)s stands there twice.") % {"names": twice})
    if isinstance(block, model.ParsingFailedBlock):
        match = re.match(r"@\w+\s*[{(]\s*([^,\s]*)", block.raw or "")
        words = _("It does not end where it should: a brace, a quotation mark or a comma is missing.")
        return Read(match[1] if match else "?", _line(block), problem=words)
    return _read_entry(block, known) if isinstance(block, model.Entry) else None


def _fields(entry: Any) -> dict[str, str]:
    return {one.key.lower(): str(one.value) for one in entry.fields}


def _read_entry(entry: Any, known: dict[str, dict[str, str]]) -> Read:
    raw = with_parent(_fields(entry), known)
    said = {name: plain(value) for name, value in raw.items() if name not in ("author", "url", "doi")}
    found = Read(entry.key, _line(entry), kind=_KINDS.get(entry.entry_type.lower(), "other"))
    found.title = said.get("title", "")
    found.authors = authors_in(raw.get("author", "") or raw.get("editor", ""))
    found.venue = next((said[name] for name in _VENUES if said.get(name) and not _is_address(raw[name])), "")
    found.publisher, found.volume = said.get("publisher", ""), said.get("volume", "")
    found.issue = said.get("number", "") or said.get("issue", "")
    found.pages = re.sub(r"\s*[-–—]+\s*", "–", said.get("pages", ""))
    found.published = _date(said)
    found.url = _address(raw)
    found.identifiers = _identifiers(raw, said)
    found.problem = _problem(found)
    return found


def _problem(found: Read) -> str:
    if not found.title:
        return _("It has no title.")
    sizes = {"title": 500, "venue": 500, "publisher": 300, "volume": 60, "issue": 60, "pages": 60, "url": 2000}
    long = [name for name, most in sizes.items() if len(getattr(found, name)) > most]
    return _("Too long: %(names)s.") % {"names": ", ".join(long)} if long else ""


def authors_in(text: str) -> list[dict[str, str]]:
    """The people of a field `author`, family and given names apart where the field says which is which."""
    return [author for name in apart(text)[:500] if (author := _author(name))]


def _author(name: str) -> dict[str, str]:
    name = name.strip()
    if name.startswith("{") and name.endswith("}"):
        return {"literal": plain(name)[:300]} if plain(name) else {}
    try:
        parts = names.parse_single_name_into_parts(name, strict=False)
    except Exception:  # noqa: BLE001 - a name that cannot be taken apart is kept whole
        return {"literal": plain(name)[:300]} if plain(name) else {}
    family = plain(" ".join([*parts.von, *parts.last, *parts.jr]))[:200]
    given = plain(" ".join(parts.first))[:200]
    if not family and not given:
        return {}
    return {"family": family, "given": given} if family and given else {"literal": family or given}


def plain(text: str) -> str:
    """The words of TeX: {\\"o} is ö, \\& is &, braces are gone."""
    if not any(mark in text for mark in "\\$~%"):
        return one_line(text.replace("{", "").replace("}", ""))
    for name, written in _BY_NAME:
        text = re.sub(name, written, text)
    try:
        return one_line(latex2text.LatexNodes2Text(math_mode="verbatim", keep_comments=True).latex_to_text(text))
    except Exception:  # noqa: BLE001 - half a command is shown as it was written
        return one_line(re.sub(r"[{}~]", " ", text))


def _date(said: dict[str, str]) -> str:
    date = re.match(r"\d{4}(-\d{2}(-\d{2})?)?", said.get("date", ""), re.ASCII)
    if date:
        return date[0]
    year = re.search(r"\b\d{4}\b", said.get("year", ""), re.ASCII)
    month = said.get("month", "").lower()[:3]
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isascii() and month.isdigit() else 0
    if not year:
        return ""
    return f"{year[0]}-{number:02}" if 1 <= number <= 12 else year[0]


def _is_address(text: str) -> bool:
    """`howpublished` often is one, which is kept as such."""
    return re.fullmatch(r"\s*(\\url\s*)?[{<\s]*https?://[^\s{}]+[}>\s]*", text) is not None


def _address(raw: dict[str, str]) -> str:
    found = re.search(r"https?://[^\s{}\"]+", raw.get("url", "") or raw.get("howpublished", ""))
    return found[0].replace("\\", "") if found else ""


def _identifiers(raw: dict[str, str], said: dict[str, str]) -> dict[str, str]:
    doi = one_line(re.sub(r"[\\{}]", "", raw.get("doi", "")))
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", doi, flags=re.IGNORECASE)
    found = {"doi": doi if doi.startswith("10.") else "", "isbn": said.get("isbn", ""), "issn": said.get("issn", "")}
    if said.get("eprint") and "arxiv" in (said.get("archiveprefix", "") + said.get("eprinttype", "")).lower():
        found["arxiv"] = said["eprint"]
    return {name: value[:300] for name, value in found.items() if value}


def _line(block: object) -> int:
    return int(getattr(block, "start_line", 0) or 0) + 1
