"""An ORCID iD: sixteen characters in four groups, the last of which checks the others (ISO 7064, 11-2)."""

import re

_SHAPE = re.compile(r"(?:https?://(?:\w+\.)?orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])/?", re.ASCII)


def orcid_in(text: str) -> str:
    """The iD as it is written, "" when this is none."""
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        return ""
    number = "-".join(match.groups()).upper()
    return number if number[-1] == check_character(number) else ""


def check_character(number: str) -> str:
    total = 0
    for digit in number.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)
