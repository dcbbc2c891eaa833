"""What news say of time: when a meeting or defence is, and by when something is due. The moment it happened stands beside."""

from datetime import date as Day
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from superviseme.events.models import Event
from superviseme.web.dates import date, datetime_

from .verbs import Verb

APPOINTMENTS = {
    Verb.MEETING_PLANNED,
    Verb.MEETING_CHANGED,
    Verb.MEETING_CANCELLED,
    Verb.MEETING_DELETED,
    Verb.MEETING_RESTORED,
    Verb.THESIS_DEFENCE_PLANNED,
}
DUE = {Verb.TODO_ASSIGNED, Verb.TODO_DUE, Verb.TODO_OVERDUE, Verb.MILESTONE_DUE, Verb.MILESTONE_MISSED}


def when(event: Event) -> str:
    """In the language and zone that hold at the moment; nothing where the event does not know it."""
    data = event.data if isinstance(event.data, dict) else {}
    if event.verb in APPOINTMENTS:
        return _appointment(data)
    return _due(data) if event.verb in DUE else ""


def _appointment(data: dict[str, Any]) -> str:
    try:
        said = datetime_(datetime.fromisoformat(data.get("at") or ""))
    except (TypeError, ValueError):
        return ""
    if place := data.get("place"):
        return _("When: %(when)s, %(place)s") % {"when": said, "place": place}
    return _("When: %(when)s") % {"when": said}


def _due(data: dict[str, Any]) -> str:
    try:
        return _("Due: %(day)s") % {"day": date(Day.fromisoformat(data.get("due_on") or ""))}
    except (TypeError, ValueError):
        return ""
