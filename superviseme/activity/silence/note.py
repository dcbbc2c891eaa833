"""What the overview of a thesis says about silence and absence."""

from typing import Any

from superviseme.policy.actions import Action
from superviseme.policy.check import can

from .queries import is_watched, quiet_of


def note(workspace: Any, person: Any) -> dict[str, Any] | None:
    """None where nobody is waited for. The workspace comes with `signs`."""
    if not is_watched(workspace):
        return None
    may = can(person, Action.RHYTHM_AGREE, workspace)
    return {"template": "activity/silence/_note.html", "quiet": quiet_of(workspace), "may": bool(may)}
