"""What BibTeX puts together with #: `journal = ieee # " Extra"`, with names given by @string before."""

import re
from typing import Any

_BITS = re.compile(r"\\.|[{}\"#]|[^\\{}\"#]+|\\", re.DOTALL)
LONGEST = 5_000  # characters of what is put together; what we keep is shorter
MOST = 2_000_000  # characters of all names, and again of all values


class TooMuch(Exception):
    """Names that hold names that hold names: the text would grow without end."""


def join(library: Any, entries: list[Any]) -> None:
    """Every value as its words: without what encloses it, names replaced, put together."""
    names: dict[str, str] = {}
    written = 0
    for block in library.strings:
        names[block.key.lower()] = whole = _whole(_pieces(str(block.value)), names)
        written += len(whole)
        if written > MOST:
            raise TooMuch
    for field in (field for entry in entries for field in entry.fields):
        field.value = _whole(_pieces(str(field.value)), names)
        written += len(field.value)
        if written > 2 * MOST:
            raise TooMuch


def _pieces(value: str) -> list[str]:
    """Cut at each # that stands outside braces and quotation marks."""
    pieces: list[list[str]] = [[]]
    depth, quoted = 0, False
    for bit in _BITS.findall(value):
        depth += (bit == "{") - (bit == "}")
        if bit == '"' and depth == 0:
            quoted = not quoted
        if bit == "#" and depth == 0 and not quoted:
            pieces.append([])
        else:
            pieces[-1].append(bit)
    return ["".join(bits).strip() for bits in pieces]


def _whole(pieces: list[str], names: dict[str, str]) -> str:
    words, length = [], 0
    for piece in pieces:
        enclosed = len(piece) > 1 and (piece[0], piece[-1]) in (("{", "}"), ('"', '"'))
        word = piece[1:-1] if enclosed else names.get(piece.lower(), piece)
        words.append(word)
        length += len(word)
        if len(pieces) > 1 and length > LONGEST:
            break
    return "".join(words)
