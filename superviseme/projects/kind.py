"""How a project describes itself to the shared room."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from superviseme.web.addresses import reverse
from superviseme.web.dates import date
from superviseme.workspaces.room.kinds import Head

from .models import ProjectState, ProjectStateChange


def head(workspace: Any, person: Any) -> Head:
    project = workspace.project
    facts = [project.get_kind_display()]
    if project.starts_on or project.ends_on:
        facts.append(_span(project.starts_on, project.ends_on))
    if project.funding:
        facts.append(project.funding)
    return Head(
        overline=_("Research project"),
        overline_href=reverse("projects"),
        state_badge=(project.state, project.get_state_display()),
        facts=facts,
    )


def panel(workspace: Any, person: Any) -> dict[str, Any]:
    """The state with its history, for the overview."""
    changes = (
        ProjectStateChange.objects.filter(project=workspace.project).select_related("by").order_by("-at", "-pk")[:10]
    )
    return {
        "template": "projects/_panel.html",
        "project": workspace.project,
        "changes": changes,
        "states": ProjectState.choices,
    }


def moved(data: Mapping[str, Any]) -> dict[str, str]:
    """The state a project was moved to, for the sentence of the event."""
    return {"state": str(ProjectState(data["target"]).label)} if data.get("target") in ProjectState.values else {}


def _span(first: dt.date | None, last: dt.date | None) -> str:
    if first and last:
        return f"{date(first)} – {date(last)}"
    return _("from %(day)s") % {"day": date(first)} if first else _("until %(day)s") % {"day": date(last)}
