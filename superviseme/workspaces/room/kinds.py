"""The two kinds describe themselves to the shared room: theses and projects lie above it and register here."""

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
_panels: dict[str, Callable[[Any, Any], dict[str, Any]]] = {}


def register(kind: str, *, head: Callable[[Any, Any], Head], panel: Callable[[Any, Any], dict[str, Any]] | None = None) -> None:
    """`head(workspace, person)` describes the head; `panel(workspace, person)` gives {"template", …} for the overview."""
    _describers[kind] = head
    if panel:
        _panels[kind] = panel


def head_of(workspace: Any, person: Any) -> Head:
    describe = _describers.get(workspace.kind)
    return describe(workspace, person) if describe else Head()


def panel_of(workspace: Any, person: Any) -> dict[str, Any] | None:
    panel = _panels.get(workspace.kind)
    return panel(workspace, person) if panel else None
