"""The two kinds describe themselves to the shared room: theses and projects lie above it and register here."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Head:
    """What a kind adds to the workspace's head."""

    overline: str = ""
    overline_href: str = ""
    steps: list[dict[str, Any]] = field(default_factory=list)
    state_badge: tuple[str, str] | None = None
    facts: list[str] = field(default_factory=list)
    tabs: list[dict[str, Any]] = field(default_factory=list)  # further tabs: key, label, href, icon


_describers: dict[str, Callable[[Any, Any], Head]] = {}
_followers: dict[str, tuple[Callable[[Any, Any], None] | None, Callable[[Any, Any], None] | None]] = {}
_below: list[tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]] = []
_tabs: list[Callable[[Any], dict[str, Any]]] = []
_panels: dict[str, Callable[[Any, Any], dict[str, Any]]] = {}
_notes: list[tuple[Callable[[Any, Any], dict[str, Any] | None], Callable[[dt.date], dict[str, Any]]]] = []


def register(
    kind: str,
    *,
    head: Callable[[Any, Any], Head],
    panel: Callable[[Any, Any], dict[str, Any]] | None = None,
    deleted: Callable[[Any, Any], None] | None = None,
    restored: Callable[[Any, Any], None] | None = None,
) -> None:
    """`head(workspace, person)` describes the head; `panel(workspace, person)` gives {"template", …} for the overview.

    `deleted(workspace, by)` and `restored(workspace, by)` run inside the action, after the law was asked; they may refuse.
    """
    _describers[kind] = head
    if panel:
        _panels[kind] = panel
    _followers[kind] = (deleted, restored)


def register_below(deleted: Callable[[Any, Any], None], restored: Callable[[Any, Any], None]) -> None:
    """What lies below a workspace of either kind and has to hear that it went or came back: (workspace, by)."""
    _below.append((deleted, restored))


def register_tab(tab: Callable[[Any], dict[str, Any]]) -> None:
    """A room above that has a page in every workspace: `tab(workspace)` gives key, label and href."""
    if tab not in _tabs:
        _tabs.append(tab)


def further_tabs(workspace: Any) -> list[dict[str, Any]]:
    return [tab(workspace) for tab in _tabs]


def register_note(
    note: Callable[[Any, Any], dict[str, Any] | None], annotations: Callable[[dt.date], dict[str, Any]]
) -> None:
    """`note(workspace, person)` gives {"template", …} of something to be said on top of the overview, or None;
    `annotations(day)` is what it needs of the workspace, fetched with it; the day is today."""
    _notes.append((note, annotations))


def notes_of(workspace: Any, person: Any) -> list[dict[str, Any]]:
    return [found for note, _annotations in _notes if (found := note(workspace, person))]


def for_notes(day: dt.date) -> dict[str, Any]:
    return {name: value for _note, annotations in _notes for name, value in annotations(day).items()}


def head_of(workspace: Any, person: Any) -> Head:
    describe = _describers.get(workspace.kind)
    return describe(workspace, person) if describe else Head()


def panel_of(workspace: Any, person: Any) -> dict[str, Any] | None:
    panel = _panels.get(workspace.kind)
    return panel(workspace, person) if panel else None


def follow_deletion(workspace: Any, by: Any) -> None:
    deleted, _restored = _followers.get(workspace.kind, (None, None))
    for hears in (deleted, *(below for below, _restored in _below)):
        if hears:
            hears(workspace, by)


def follow_restoration(workspace: Any, by: Any) -> None:
    _deleted, restored = _followers.get(workspace.kind, (None, None))
    for hears in (restored, *(below for _deleted, below in _below)):
        if hears:
            hears(workspace, by)
