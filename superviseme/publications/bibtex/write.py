"""Publications as BibTeX: text in UTF-8, what TeX would take for a command escaped, keys that never change."""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from superviseme.publications.kinds import KINDS, kind_called
from superviseme.publications.models import Publication, others

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_INNER_CAPITALS = re.compile(r"\b\w+[A-Z]\w*")  # DNA, iPhone: styles must not make them small
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LITTLE = {"a", "an", "the", "on", "of", "in", "for", "and", "der", "die", "das", "la", "le", "il", "el", "un", "une"}


def bibtex(publications: Iterable[Publication]) -> str:
    return "\n".join(entry(one) for one in publications)


def entry(publication: Publication) -> str:
    kind = KINDS[kind_called(publication.kind)]
    known = publication.identifiers or {}
    fields = {
        "author": " and ".join(_author(author) for author in publication.authors),
        "title": _title(publication.title),
        kind.venue: escaped(publication.venue),
        "publisher": escaped(publication.publisher),
        "year": publication.year,
        "volume": escaped(publication.volume),
        "number": escaped(publication.issue),
        "pages": escaped(re.sub(r"\s*[-–—]+\s*", "--", publication.pages)),
        "doi": _as_it_is(publication.doi),
        **{name: escaped(str(known.get(name) or "")) for name in ("isbn", "issn")},
        "eprint": escaped(str(known.get("arxiv") or "")),
        "archiveprefix": "arXiv" if known.get("arxiv") else "",
        "url": _as_it_is(publication.url),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    month = publication.published[5:7]
    if month.isdigit() and 1 <= int(month) <= 12:
        lines.append(f"  month = {_MONTHS[int(month) - 1]}")
    inside = ",\n".join([key(publication), *lines])
    return f"@{kind.bibtex}{{{inside}\n}}\n"


def key(publication: Publication) -> str:
    """Name, year, first word, number: never that of another, and the same for ever, since texts cite it. Whoever changes an
    entry keeps in `cited_as` what this said before."""
    if publication.cited_as:
        return publication.cited_as
    first = publication.authors[0] if publication.authors else {}
    name = first.get("family") or (first.get("literal", "").split() or [""])[-1]
    words = [plain for word in publication.title.split() if (plain := _letters(word)) and plain not in _LITTLE]
    return f"{_letters(name)[:60] or 'anon'}{publication.year or 'nd'}{(words or [''])[0][:20]}-{publication.pk}"


def escaped(text: str) -> str:
    return _escaped(_one_line(text), _braces(text))


def _escaped(text: str, braces: dict[str, str]) -> str:
    return "".join(_SPECIAL.get(character) or braces.get(character, character) for character in text)


def _braces(text: str) -> dict[str, str]:
    """Braces are counted even behind a backslash: where they do not match, they are written by name."""
    depth = lowest = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        lowest = min(lowest, depth)
    matched = depth == lowest == 0
    return {"{": r"\{", "}": r"\}"} if matched else {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}


def _title(text: str) -> str:
    words, end, line, braces = [], 0, _one_line(text), _braces(text)
    for match in _INNER_CAPITALS.finditer(line):
        words += [_escaped(line[end : match.start()], braces), "{", _escaped(match[0], braces), "}"]
        end = match.end()
    return "".join([*words, _escaped(line[end:], braces)])


def _author(author: dict[str, str]) -> str:
    """«Family, Given», or a name in braces that is to be left as it is."""
    family, given = author.get("family", ""), author.get("given", "")
    if family and given:
        return f"{_part(family)}, {_part(given)}"
    if others(author):
        return "others"
    return "{" + escaped(author.get("literal") or family or given) + "}"


def _part(text: str) -> str:
    """A comma or an «and» in a name would cut it in two."""
    text = escaped(text)
    return f"{{{text}}}" if "," in text or re.search(r"\band\b", text, re.IGNORECASE) else text


def _as_it_is(text: str) -> str:
    """Addresses are read letter by letter; what would end the field is written in percent."""
    return re.sub(r"[\\{}\s\"<>^`|]", lambda match: quote(match[0], safe=""), text.strip())


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    return re.sub(r"[^a-z0-9]", "", plain)


def _one_line(text: str) -> str:
    return " ".join(text.split())
