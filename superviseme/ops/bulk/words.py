"""What a batch did, for the sentence of its event."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from superviseme.projects.models import ProjectState
from superviseme.theses.states import State, label_of


def worded(data: Mapping[str, Any]) -> dict[str, str]:
    """By `act`: archive, unarchive, or thesis or project and the state it was moved to."""
    what, _colon, target = str(data.get("act", "")).partition(":")
    if what == "archive":
        return {"word": _("archived")}
    if what == "unarchive":
        return {"word": _("taken out of the archive")}
    if what == "thesis" and target in State.values:
        return {"word": label_of(target)}
    if what == "project" and target in ProjectState.values:
        return {"word": str(ProjectState(target).label)}
    return {}
