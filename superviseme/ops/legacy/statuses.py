"""thesis_status and research_project_status: free words there, a few states here. The original word is kept."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from superviseme.projects.models import ProjectState as P
from superviseme.theses.states import State as S

from .ledger import Ledger
from .reader import Source
from .rows import Row

THESIS = {
    "thesis proposed": S.PROPOSED,
    "proposed": S.PROPOSED,
    "thesis accepted": S.ACCEPTED,
    "accepted": S.ACCEPTED,
    "in progress": S.IN_PROGRESS,
    "writing phase": S.WRITING,
    "writing": S.WRITING,
    "needs revision": S.WRITING,
    "review phase": S.IN_REVIEW,
    "final review": S.IN_REVIEW,
    "under review": S.IN_REVIEW,
    "in review": S.IN_REVIEW,
    "approved": S.IN_REVIEW,
    "submitted": S.SUBMITTED,
    "defended": S.DEFENDED,
    "completed": S.COMPLETED,
    "suspended": S.SUSPENDED,
    "cancelled": S.WITHDRAWN,
    "withdrawn": S.WITHDRAWN,
}
NEAREST_THESIS = (  # the first part that is found decides
    (r"almost|nearly|writ|draft|revis|correct", S.WRITING),
    (r"cancel|withdr|abandon|reject|drop|fail", S.WITHDRAWN),
    (r"suspend|paus|hold|wait|inactive", S.SUSPENDED),
    (r"review|check|approv|feedback", S.IN_REVIEW),
    (r"submit|hand|deliver", S.SUBMITTED),
    (r"defen|discuss", S.DEFENDED),
    (r"complet|finish|done|graduat|closed|archiv", S.COMPLETED),
    (r"propos|pending|request", S.PROPOSED),
    (r"accept|assign", S.ACCEPTED),
    (r"progress|ongoing|started|active|work|develop|research", S.IN_PROGRESS),
)
PROJECT = {
    "active": P.ACTIVE,
    "ongoing": P.ACTIVE,
    "in progress": P.ACTIVE,
    "planned": P.PLANNED,
    "completed": P.COMPLETED,
    "cancelled": P.CANCELLED,
    "suspended": P.PAUSED,
    "paused": P.PAUSED,
}
NEAREST_PROJECT = (
    (r"cancel|abandon|reject|drop|fail|stop", P.CANCELLED),
    (r"paus|suspend|hold|inactive", P.PAUSED),
    (r"complet|finish|done|closed|archiv|ended", P.COMPLETED),
    (r"plan|propos|draft|pending|idea", P.PLANNED),
    (r"activ|progress|ongoing|running|start|work", P.ACTIVE),
)


@dataclass(frozen=True)
class Step:
    """One line of the history."""

    row: Row
    target: str
    source: str
    at: datetime
    original: str


Steps = dict[int | None, list[Step]]


def thesis_steps(source: Source, ledger: Ledger) -> Steps:
    return _steps(source.rows("thesis_status"), "thesis_id", ledger, _reading(THESIS, NEAREST_THESIS, S.IN_PROGRESS))


def project_steps(source: Source, ledger: Ledger) -> Steps:
    return _steps(
        source.rows("research_project_status"), "project_id", ledger, _reading(PROJECT, NEAREST_PROJECT, P.ACTIVE)
    )


Reading = Callable[[str, str], tuple[str, str]]


def _steps(rows: Sequence[Row], owner: str, ledger: Ledger, read: Reading) -> Steps:
    """{number of the thesis or project: its steps in order of time}; earlier runs have imported some of them."""
    dated = [(row.time_or("updated_at", ledger.moment), row.id, row) for row in rows if not ledger.came_earlier(row)]
    found: Steps = {}
    for at, _number, row in sorted(dated, key=lambda entry: entry[:2]):
        steps = found.setdefault(row.ref(owner), [])
        before = steps[-1].target if steps else ""
        target, reason = read(row.word("status"), before)
        if reason:
            row.note("status", reason)
        steps.append(Step(row, target, before, at, row.line("status", 100)))
    return found


def _reading(known: Mapping[str, str], nearest: Sequence[tuple[str, str]], default: str) -> Reading:
    def read(word: str, before: str) -> tuple[str, str]:
        plain = " ".join(re.sub(r"[\s_-]+", " ", word).split()).lower()
        if plain in known:
            return known[plain], ""
        for pattern, state in nearest:
            if re.search(pattern, plain):
                return state, f"«{plain[:40]}» is not a state here; taken as «{state}», the word is kept in the history"
        state = before or default
        return state, f"«{plain[:40]}» is not a state here; the state stays «{state}», the word is kept in the history"

    return read
