from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from superviseme.accounts.models import Person
from superviseme.web.time import now
from superviseme.workspaces.meetings import actions
from superviseme.workspaces.models import Meeting

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def form() -> Callable[..., dict[str, Any]]:
    """What the form for a meeting posts."""

    def filled(*people: Person, **changes: Any) -> dict[str, Any]:
        day = (now() + timedelta(days=3)).astimezone(ROME).strftime("%Y-%m-%dT10:30")
        asked = [p.pk for p in people]
        return {
            "title": "Chapter two",
            "starts_at": day,
            "minutes": 45,
            "place": "Room 4",
            "attendees": asked,
            "agenda": "1. Figures",
            **changes,
        }

    return filled


@pytest.fixture
def a_meeting(workspace: Any, alice: Person, bob: Person) -> Callable[..., Meeting]:
    def make(**changes: Any) -> Meeting:
        fields = {
            "title": "Chapter two",
            "starts_at": datetime(2026, 3, 2, 9, 0, tzinfo=ROME),
            "attendees": [alice, bob],
            "by": bob,
            **changes,
        }
        return actions.plan_meeting(workspace, **fields)

    return make


@pytest.fixture
def meeting(a_meeting: Callable[..., Meeting]) -> Meeting:
    """Bob asked Alice to it; it is over."""
    return a_meeting()


@pytest.fixture
def recorded(meeting: Meeting, bob: Person) -> Meeting:
    return actions.write_record(meeting, notes="We spoke.", decisions="Rewrite it.", by=bob)
