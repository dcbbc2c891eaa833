"""Who stands in a field `author`, and what an entry takes from the one it belongs to."""

import re

from .join import LONGEST

_BITS = re.compile(r"\\.|\\$|[{}]|\s+|[^\\{}\s]+", re.DOTALL)
_OWN = ("title", "editor", "doi", "url", "crossref", "note")


def apart(text: str) -> list[str]:
    """Cut at each «and» that is a word of its own outside braces. (The library's way loses the backslash of a name that
    begins with one.)"""
    found: list[list[str]] = [[]]
    depth = 0
    bits = ["", *_BITS.findall(text), ""]
    for before, bit, after in zip(bits, bits[1:], bits[2:], strict=False):
        depth = max(depth + (bit == "{") - (bit == "}"), 0)
        if bit.lower() == "and" and depth == 0 and not before.strip() and not after.strip():
            found.append([])
        else:
            found[-1].append(bit)
    return ["".join(name).strip() for name in found]


def with_parent(raw: dict[str, str], entries: dict[str, dict[str, str]]) -> dict[str, str]:
    """The fields of an entry, and where it says `crossref`, those it leaves to the other: a paper has the year of its
    proceedings, whose title is where it stands."""
    parent = entries.get(raw.get("crossref", "").strip().lower())
    if not parent or parent == raw:
        return raw
    given = {name: value for name, value in parent.items() if name not in _OWN and len(value) <= LONGEST}
    title = parent.get("title", "")
    return {**({"booktitle": title} if len(title) <= LONGEST else {}), **given, **raw}
