"""Incidents: a dated page each, begun by the machine from the operations log and ended by a person who owns the rest.

They stand as files beside the data, because most are written while something is broken.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from . import operations
from .exits import FAILED, NEEDS_A_PERSON
from .operations import Entry

FOLDER = "incidents"
LOOKS_BACK = timedelta(hours=6)
NOBODY = "nobody yet"
UNWELL = (FAILED, NEEDS_A_PERSON)  # a refusal changed nothing
OWNER = re.compile(r"^- Follow-up owner: (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Incident:
    """What the runbook asks for (5.5). Empty fields are taken from the last deploy that did not go well."""

    version: str = ""
    symptom: str = ""
    rolled_back: str = ""
    owner: str = ""


def write(said: Incident) -> Path:
    """A new page; returns where it is. Two in one second get two names."""
    moment = datetime.now(UTC)
    log = _recent(moment)
    folder = operations.data_dir() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, 1000):
        path = folder / f"{moment:%Y-%m-%dT%H%M%SZ}{'' if number == 1 else f'-{number}'}.md"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(_page(moment, _filled(said, log), log))
            return path
        except FileExistsError:
            continue
    raise FileExistsError(folder)


def pages() -> list[Path]:
    """All there are, newest first."""
    return sorted((operations.data_dir() / FOLDER).glob("*.md"), reverse=True)


def owner_of(page: Path) -> str:
    """Who follows up, "" while nobody does."""
    found = OWNER.search(page.read_text(encoding="utf-8", errors="replace"))
    name = found.group(1).strip() if found else ""
    return "" if name == NOBODY else name


def give_to(page: Path, owner: str) -> None:
    """Write the owner into a page that a person may have edited meanwhile; only that line changes."""
    text = page.read_text(encoding="utf-8")
    line = f"- Follow-up owner: {_one_line(owner)}"
    page.write_text(OWNER.sub(lambda _: line, text, count=1) if OWNER.search(text) else f"{text}\n{line}\n", "utf-8")


def unowned() -> list[Path]:
    return [page for page in pages() if not owner_of(page)]


def _recent(moment: datetime) -> list[Entry]:
    since = (moment - LOOKS_BACK).isoformat()
    return [entry for entry in operations.entries() if str(entry.get("at", "")) >= since]


def _filled(said: Incident, log: list[Entry]) -> Incident:
    failed: Entry = {}
    back: Entry = {}
    for entry in log:
        if entry.get("command") == "deploy" and entry.get("exit") in UNWELL:
            failed, back = entry, {}
        elif entry.get("command") == "rollback" and entry.get("exit") == 0:
            back = entry
    facts = failed.get("facts") or {}
    symptom = [failed.get("reason", ""), *failed.get("failed", [])]
    return Incident(
        version=said.version or str(facts.get("tried", "")) or "not known",
        symptom=said.symptom or "; ".join(part for part in symptom if part) or "not described",
        rolled_back=said.rolled_back or _went_back(failed, facts, back) or "not rolled back",
        owner=said.owner or NOBODY,
    )


def _went_back(failed: Entry, facts: dict[str, object], back: Entry) -> str:
    """A failed deploy that names a release has put that one back itself when it ended."""
    return str(failed.get("at", "") if facts.get("release") else back.get("at", ""))


def _page(moment: datetime, said: Incident, log: list[Entry]) -> str:
    fields = [
        ("Failed version", said.version),
        ("Symptom", said.symptom),
        ("Rollback time", said.rolled_back),
        ("Follow-up owner", said.owner),
        ("Written by", operations.who()),
    ]
    lines = [f"# Incident of {moment:%Y-%m-%d %H:%M:%S} UTC", ""]
    lines += [f"- {name}: {_one_line(value)}" for name, value in fields]
    lines += ["", f"## Timeline (UTC, the last {LOOKS_BACK.seconds // 3600} hours of the operations log)", ""]
    lines += [_moment(entry) for entry in log] or ["Nothing stands in the operations log."]
    lines += [
        "",
        "## What people saw",
        "",
        "",
        "## Why it happened",
        "",
        "",
        "## What is done so that it does not again",
        "",
    ]
    return "\n".join(lines) + "\n"


def _moment(entry: Entry) -> str:
    ended = f", exit {entry['exit']} after {entry.get('ms', '?')} ms" if "exit" in entry else ""
    why = f": {entry['reason']}" if entry.get("reason") else ""
    return _one_line(
        f"- {str(entry.get('at', ''))[:19]} {entry.get('command')} {entry.get('event')} by {entry.get('who')}{ended}{why}"
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
