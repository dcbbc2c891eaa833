"""The record of a meeting: written by one, confirmed by those who took part."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from superviseme.notifications.models import Notice
from superviseme.workspaces.meetings import actions
from superviseme.workspaces.models import Meeting, Todo, TodoMention

Browser = Callable[..., Any]


def rows(*actions_: dict[str, Any], **form: Any) -> dict[str, Any]:
    """What the form for a record posts."""
    filled = {f"actions-{n}-{name}": value for n, row in enumerate(actions_) for name, value in row.items()}
    return {
        "notes": "We spoke.",
        "decisions": "",
        "version": 1,
        "actions-TOTAL_FORMS": 3,
        "actions-INITIAL_FORMS": 0,
        **filled,
        **form,
    }


def told(verb: str) -> list[str]:
    return [n.recipient.name for n in Notice.objects.filter(verb=verb).order_by("recipient__name")]


def test_a_record_is_written_and_the_others_are_asked_to_confirm(as_: Browser, meeting: Meeting, bob: Any) -> None:
    answer = as_(bob).post(
        f"{meeting.get_absolute_url()}/record", rows(version=meeting.version, decisions="Two chapters.")
    )

    meeting.refresh_from_db()
    assert answer.status_code == 302
    assert (meeting.notes, meeting.decisions, meeting.recorded_at is not None) == ("We spoke.", "Two chapters.", True)
    assert told("meeting.recorded") == ["Alice"]


def test_actions_become_to_dos_of_the_meeting(as_: Browser, meeting: Meeting, alice: Any, bob: Any) -> None:
    filled = rows({"title": "Redraw figure 2", "assignee": alice.pk, "due_on": "2026-03-09"}, {"title": ""})

    as_(bob).post(f"{meeting.get_absolute_url()}/record", filled)

    todo = Todo.objects.get()
    assert (todo.title, todo.assignee, todo.due_on, todo.meeting) == (
        "Redraw figure 2",
        alice,
        date(2026, 3, 9),
        meeting,
    )
    assert "Redraw figure 2" in as_(alice).get(meeting.get_absolute_url()).content.decode()


def test_decisions_link_the_to_dos_they_name(as_: Browser, meeting: Meeting, bob: Any) -> None:
    actions.write_record(meeting, notes="", decisions="Done soon.", actions=[{"title": "Redraw figure 2"}], by=bob)

    actions.write_record(meeting, notes="", decisions="First @todo:1, then @todo:99.", by=bob)

    page = as_(bob).get(meeting.get_absolute_url()).content.decode()
    assert ">#1 Redraw figure 2</a>" in page
    assert [m.todo.number for m in TodoMention.objects.filter(meeting=meeting)] == [1]


def test_pressing_twice_makes_one_record_and_one_to_do(as_: Browser, meeting: Meeting, bob: Any) -> None:
    filled = rows({"title": "Redraw figure 2"}, version=meeting.version)

    answers = [as_(bob).post(f"{meeting.get_absolute_url()}/record", filled).status_code for _ in range(2)]

    assert (answers, Todo.objects.count(), told("meeting.recorded")) == ([302, 302], 1, ["Alice"])


@pytest.mark.parametrize(
    "filled",
    [
        rows(notes=""),
        rows({"title": "", "due_on": "2026-03-09"}),
        rows({"title": "x", "due_on": "0000-01-01"}),
        rows({"title": "x", "assignee": "99999999999999999999"}),
        rows({"title": "x" * 201}),
        rows(notes="x" * 60_000),
        rows(**{"actions-TOTAL_FORMS": "many"}),
        rows(**{"actions-TOTAL_FORMS": "5000000"}),
    ],
)
def test_a_record_that_cannot_be_meant_comes_back_filled_in(
    as_: Browser, meeting: Meeting, bob: Any, filled: dict[str, Any]
) -> None:
    answer = as_(bob).post(f"{meeting.get_absolute_url()}/record", filled)

    assert answer.status_code == 422
    assert not Todo.objects.exists()


def test_a_record_changed_by_another_since_is_kept_beside_ones_own(
    as_: Browser, meeting: Meeting, alice: Any, bob: Any
) -> None:
    shown = meeting.version
    actions.write_record(meeting, notes="What Alice wrote", decisions="", by=alice)

    answer = as_(bob).post(f"{meeting.get_absolute_url()}/record", rows(notes="What Bob wrote", version=shown))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "What Alice wrote" in page
    assert "What Bob wrote" in page


def test_those_who_took_part_confirm(as_: Browser, recorded: Meeting, alice: Any) -> None:
    answer = as_(alice).post(f"{recorded.get_absolute_url()}/confirmation", {"version": recorded.version})

    assert answer.status_code == 302
    assert [a.person.name for a in recorded.attendees.exclude(confirmed_at=None)] == ["Alice"]
    assert told("meeting.confirmed") == ["Bob"]


def test_a_click_answers_with_the_list_of_confirmations(as_: Browser, recorded: Meeting, alice: Any) -> None:
    answer = as_(alice).post(
        f"{recorded.get_absolute_url()}/confirmation", {"version": recorded.version}, headers={"HX-Request": "true"}
    )

    page = answer.content.decode()
    assert (answer.status_code, "<html" in page, "confirmed on " in page, "1 confirmation missing" in page) == (
        200,
        False,
        True,
        True,
    )


@pytest.mark.parametrize("who", ["carol", "eve", "ada"])
def test_nobody_else_confirms(as_: Browser, recorded: Meeting, who: str, request: pytest.FixtureRequest) -> None:
    answer = as_(request.getfixturevalue(who)).post(f"{recorded.get_absolute_url()}/confirmation")

    assert answer.status_code == 403
    assert not recorded.attendees.exclude(confirmed_at=None).exists()


def test_a_meeting_without_a_record_cannot_be_confirmed(as_: Browser, meeting: Meeting, alice: Any) -> None:
    answer = as_(alice).post(f"{meeting.get_absolute_url()}/confirmation")

    assert (answer.status_code, "There is no record to confirm yet." in answer.content.decode()) == (403, True)


def test_what_was_changed_since_it_was_read_is_not_confirmed(
    as_: Browser, recorded: Meeting, alice: Any, bob: Any
) -> None:
    shown = recorded.version
    actions.write_record(recorded, notes="Something else", decisions="", by=bob)

    answer = as_(alice).post(f"{recorded.get_absolute_url()}/confirmation", {"version": shown})

    assert answer.status_code == 409
    assert not recorded.attendees.exclude(confirmed_at=None).exists()


def test_a_change_of_the_record_takes_the_confirmations_back(recorded: Meeting, alice: Any, bob: Any) -> None:
    actions.confirm_record(recorded, by=alice)

    actions.write_record(recorded, notes="We spoke at length.", decisions="", by=bob)

    assert not recorded.attendees.exclude(confirmed_at=None).exists()


def test_saving_it_unchanged_leaves_the_confirmations(recorded: Meeting, alice: Any, bob: Any) -> None:
    actions.confirm_record(recorded, by=alice)

    actions.write_record(recorded, notes="We spoke.", decisions="Rewrite it.", by=bob)

    assert recorded.attendees.exclude(confirmed_at=None).count() == 1


def test_a_cancelled_meeting_takes_no_record(as_: Browser, meeting: Meeting, bob: Any) -> None:
    actions.cancel_meeting(meeting, by=bob)

    answer = as_(bob).post(f"{meeting.get_absolute_url()}/record", rows())

    assert (answer.status_code, told("meeting.recorded")) == (403, [])
