"""Who may do what with meetings, who hears of it, and what freezing and calendars do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from superviseme.notifications.models import Notice
from superviseme.web.time import now
from superviseme.workspaces.meetings import actions, queries
from superviseme.workspaces.models import Meeting
from superviseme.workspaces.room.actions import freeze_workspace

Browser = Callable[..., Any]
POSTS = ["edit", "record", "cancellation", "reinstatement", "deletion"]


def told(verb: str) -> list[str]:
    return [n.recipient.name for n in Notice.objects.filter(verb=verb).order_by("recipient__name")]


def status(browser: Any, meeting: Meeting, noun: str) -> int:
    return browser.post(f"{meeting.get_absolute_url()}/{noun}").status_code


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("alice", [422, 422, 302, 302, 403]),
        ("bob", [422, 422, 302, 302, 302]),
        ("carol", [422, 422, 302, 302, 403]),
        ("eve", [403, 403, 403, 403, 403]),
        ("ada", [422, 422, 302, 302, 302]),
        ("mallory", [404, 404, 404, 404, 404]),
    ],
)
def test_who_may_change_bobs_meeting(
    as_: Browser, meeting: Meeting, who: str, expected: list[int], request: pytest.FixtureRequest
) -> None:
    browser = as_(request.getfixturevalue(who))

    assert [status(browser, meeting, noun) for noun in POSTS] == expected


@pytest.mark.parametrize(
    ("who", "expected"), [("alice", 422), ("carol", 422), ("ada", 422), ("eve", 403), ("mallory", 404)]
)
def test_who_may_plan(as_: Browser, workspace: Any, who: str, expected: int, request: pytest.FixtureRequest) -> None:
    assert as_(request.getfixturevalue(who)).post(f"/w/{workspace.pk}/meetings").status_code == expected


def test_a_visitor_signs_in_first(as_: Browser, meeting: Meeting) -> None:
    assert as_(None).get(meeting.get_absolute_url()).status_code == 302


def test_only_those_who_are_asked_are_told(workspace: Any, a_meeting: Any, alice: Any, bob: Any, carol: Any) -> None:
    meeting = a_meeting()
    fields = {"title": "Chapter three", "attendees": [bob, carol], "by": bob}

    actions.edit_meeting(meeting, **fields)
    actions.cancel_meeting(meeting, by=carol)

    assert told("meeting.planned") == ["Alice"]
    assert told("meeting.changed") == ["Alice", "Carol"]  # Alice is no longer asked
    assert told("meeting.cancelled") == ["Bob"]


def test_saving_a_meeting_unchanged_tells_nobody(meeting: Meeting, alice: Any, bob: Any) -> None:
    actions.edit_meeting(meeting, title=meeting.title, attendees=[alice, bob], by=bob)

    assert told("meeting.changed") == []


def test_a_change_made_in_between_is_not_lost(as_: Browser, meeting: Meeting, alice: Any, bob: Any, form: Any) -> None:
    shown = meeting.version
    actions.edit_meeting(meeting, title="Title by Alice", attendees=[alice, bob], by=alice)

    answer = as_(bob).post(f"{meeting.get_absolute_url()}/edit", form(alice, bob, title="Title by Bob", version=shown))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Title by Alice" in page
    assert "Title by Bob" in page


@pytest.mark.parametrize("noun", [*POSTS, "confirmation", "restoration"])
def test_nothing_is_written_while_the_workspace_is_frozen(
    as_: Browser, workspace: Any, recorded: Meeting, bob: Any, noun: str
) -> None:
    freeze_workspace(workspace, by=bob)

    assert status(as_(bob), recorded, noun) == 403


def test_a_frozen_page_says_why_nothing_can_be_pressed(
    as_: Browser, workspace: Any, recorded: Meeting, bob: Any
) -> None:
    freeze_workspace(workspace, by=bob)

    page = as_(bob).get(recorded.get_absolute_url()).content.decode()

    assert page.count("This workspace is frozen. Unfreeze it to change anything in it.") >= 5
    assert f"{recorded.get_absolute_url()}/deletion" not in page


def test_a_deleted_meeting_comes_back(as_: Browser, meeting: Meeting, bob: Any) -> None:
    browser = as_(bob)

    gone = [status(browser, meeting, "deletion"), browser.get(meeting.get_absolute_url()).status_code]
    back = [status(browser, meeting, "restoration"), browser.get(meeting.get_absolute_url()).status_code]

    assert (gone, back) == ([302, 404], [302, 200])


def test_the_calendar_file_says_when_in_utc_and_names_nobody(
    as_: Browser, meeting: Meeting, alice: Any, bob: Any
) -> None:
    answer = as_(alice).get(f"{meeting.get_absolute_url()}.ics")

    event = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"DTSTART:20260302T080000Z" in answer.content
    assert (event["SUMMARY"], event.decoded("DTEND"), event["STATUS"]) == (
        "Chapter two",
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        "CONFIRMED",
    )
    assert not [p for p in (alice.email, bob.email, "ATTENDEE", "ORGANIZER") if p in answer.content.decode()]


def test_the_calendar_follows_changes(as_: Browser, meeting: Meeting, alice: Any, bob: Any) -> None:
    def event() -> Any:
        return icalendar.Calendar.from_ical(as_(alice).get(f"{meeting.get_absolute_url()}.ics").content).walk("VEVENT")[
            0
        ]

    first = event()
    actions.edit_meeting(meeting, title="Chapter three", attendees=[alice, bob], by=bob)
    actions.cancel_meeting(meeting, by=bob)
    last = event()

    assert (first["UID"], first["SEQUENCE"]) == (last["UID"], 0)
    assert (last["SEQUENCE"], last["STATUS"], last["SUMMARY"]) == (2, "CANCELLED", "Chapter three")


def test_what_comes_next_is_on_or_ahead_and_not_cancelled(workspace: Any, a_meeting: Any, bob: Any) -> None:
    a_meeting(title="Over", starts_at=now() - timedelta(hours=2))
    off = a_meeting(title="Off", starts_at=now() + timedelta(hours=1))
    soon = a_meeting(title="Soon", starts_at=now() + timedelta(hours=2))
    actions.cancel_meeting(off, by=bob)
    before = queries.next_meeting(workspace)

    running = a_meeting(title="On", starts_at=now() - timedelta(minutes=20))

    assert (before, queries.next_meeting(workspace)) == (soon, running)
