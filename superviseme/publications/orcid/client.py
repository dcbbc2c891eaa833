"""Asking ORCID's public API. Every answer is whole or an exception; nothing here changes anything of ours."""

from datetime import timedelta
from typing import Any

from django.conf import settings

from superviseme.publications.kinds import Section
from superviseme.web.elsewhere import Answer, Away, ask, is_allowed
from superviseme.web.fence import Fence

from . import shapes
from .shapes import Entry, Malformed

AT_ONCE = 100  # works with details in one question, as the API allows
MOST_WORKS = 10_000
MOST_BYTES = 30 * 1024 * 1024
WITHIN = 15.0  # seconds for one question
LONGEST_WAIT = timedelta(hours=6)
PATHS = {
    Section.WORK: "works",
    Section.EMPLOYMENT: "employments",
    Section.EDUCATION: "educations",
    Section.FUNDING: "fundings",
}


class Failed(Exception):
    """No answer to be used now. `silent`: other questions will find none either; `wait`: how long to stay away."""

    def __init__(self, words: str, *, silent: bool = False, wait: timedelta | None = None):
        super().__init__(words)
        self.silent, self.wait = silent, wait


class Refused(Exception):
    """ORCID answers that asking again is of no use: no such record, or one that is closed."""


def may_be_asked() -> bool:
    """A demonstration site asks its own machine only."""
    return is_allowed(settings.ORCID_API_BASE)


def fetch(orcid: str, section: Section) -> list[Entry]:
    """Everything of one section."""
    answer = _get(f"{orcid}/{PATHS[section]}")
    try:
        if section is Section.FUNDING:
            return shapes.fundings(answer)
        return shapes.works(answer)[:MOST_WORKS] if section is Section.WORK else shapes.affiliations(answer, section)
    except Malformed as problem:
        raise Failed(f"ORCID's answer is not understood: {problem}.") from None


def add_details(orcid: str, entries: list[Entry], fence: Fence) -> None:
    """Authors and the like, a hundred works at a time; what came before a failure is kept in the entries."""
    for start in range(0, len(entries), AT_ONCE):
        fence()
        part = entries[start : start + AT_ONCE]
        try:
            full = shapes.full_works(_get(f"{orcid}/works/{','.join(str(entry.put_code) for entry in part)}"))
            for entry in part:
                if entry.put_code in full:
                    shapes.add_details(entry, full[entry.put_code])
        except Malformed as problem:
            raise Failed(f"ORCID's answer is not understood: {problem}.") from None


def _get(path: str) -> Any:
    address = f"{settings.ORCID_API_BASE.rstrip('/')}/{path}"
    try:
        answer = ask("GET", address, within=WITHIN, most=MOST_BYTES)
    except Away as problem:
        raise Failed(f"ORCID does not answer: {problem}", silent=True) from None
    if answer.status in (404, 409, 410):
        raise Refused("There is no such record, or it is closed.")
    if answer.status != 200:
        raise Failed(f"ORCID answers {answer.status}.", silent=answer.status == 429, wait=_wait(answer))
    try:
        return answer.json()
    except Away as problem:
        raise Failed(str(problem)) from None


def _wait(answer: Answer) -> timedelta | None:
    said = answer.headers.get("retry-after", "")
    return min(timedelta(seconds=int(said[:9])), LONGEST_WAIT) if said.isascii() and said.isdigit() else None
