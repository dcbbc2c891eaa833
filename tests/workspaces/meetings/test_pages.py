"""Meetings in a browser: the list, the page, the forms."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from superviseme.web.time import now
from superviseme.workspaces.meetings import actions
from superviseme.workspaces.models import Attendee, Meeting

Browser = Callable[..., Any]


def test_a_meeting_is_planned_in_the_persons_time_zone(
    as_: Browser, workspace: Any, alice: Any, bob: Any, form: Any
) -> None:
    bob.time_zone = "America/New_York"
    bob.save()

    answer = as_(bob).post(f"/w/{workspace.pk}/meetings", form(alice, bob, starts_at="2027-01-11T10:30"))

    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/w/{workspace.pk}/meetings/1")
    assert meeting.starts_at == datetime(2027, 1, 11, 15, 30, tzinfo=UTC)
    assert {a.person for a in meeting.attendees.all()} == {alice, bob}


def test_the_page_shows_the_time_of_the_reader(as_: Browser, meeting: Meeting, alice: Any) -> None:
    alice.time_zone = "Asia/Tokyo"
    alice.save()

    page = as_(alice).get(meeting.get_absolute_url()).content.decode()

    assert "17:00–18:00" in page


def test_everybody_who_usually_meets_is_ticked_already(as_: Browser, workspace: Any, carol: Any) -> None:
    page = as_(carol).get(f"/w/{workspace.pk}/meetings/new").content.decode()

    assert page.count(" checked") == 3  # author, supervisor and Carol herself; not the examiner


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("title", "\x00\u202e"),
        ("starts_at", ""),
        ("starts_at", "0000-01-01T00:00"),
        ("starts_at", "0001-01-01T00:00"),
        ("starts_at", "9999-12-31T23:59"),
        ("starts_at", "soon"),
        ("minutes", "0"),
        ("minutes", "721"),
        ("minutes", "9" * 30),
        ("minutes", "ten"),
        ("link", "javascript:alert(1)"),
        ("link", "ftp://example.org"),
        ("link", "https://" + "x" * 3000 + ".org"),
        ("place", "x" * 201),
        ("attendees", []),
        ("attendees", ["999999999999999999999"]),
        ("agenda", "x" * 1_000_000),
    ],
)
def test_what_cannot_be_meant_comes_back_with_the_form_filled(
    as_: Browser, workspace: Any, alice: Any, bob: Any, form: Any, field: str, value: Any
) -> None:
    answer = as_(bob).post(f"/w/{workspace.pk}/meetings", form(alice, bob, **{field: value}))

    assert answer.status_code == 422
    assert ("Room 4" in answer.content.decode()) is (field != "place")
    assert not Meeting.objects.exists()


def test_emoji_and_markup_are_kept_as_text(as_: Browser, workspace: Any, alice: Any, form: Any) -> None:
    answer = as_(alice).post(
        f"/w/{workspace.pk}/meetings",
        form(alice, title="🦊 <b>bold</b>", agenda="<script>alert(1)</script>"),
        follow=True,
    )

    page = answer.content.decode()
    assert "🦊 &lt;b&gt;bold&lt;/b&gt;" in page
    assert "<script>alert" not in page


def test_somebody_outside_cannot_be_asked(as_: Browser, workspace: Any, bob: Any, mallory: Any, form: Any) -> None:
    answer = as_(bob).post(f"/w/{workspace.pk}/meetings", form(mallory))

    assert answer.status_code == 422


def test_pressing_twice_plans_one_meeting(as_: Browser, workspace: Any, alice: Any, bob: Any, form: Any) -> None:
    filled, browser = form(alice, bob), as_(bob)

    browser.post(f"/w/{workspace.pk}/meetings", filled)
    browser.post(f"/w/{workspace.pk}/meetings", filled)

    assert (Meeting.objects.count(), Attendee.objects.count()) == (1, 2)


def test_what_comes_next_stands_on_top_and_what_is_over_below(
    as_: Browser, workspace: Any, a_meeting: Any, alice: Any
) -> None:
    for name, days in [("Long ago", -30), ("Last week", -7), ("Next month", 30), ("Tomorrow", 1)]:
        a_meeting(title=name, starts_at=now() + timedelta(days=days), agenda="See @todo:1")
    a_meeting(title="Going on", starts_at=now() - timedelta(minutes=10))

    page = as_(alice).get(f"/w/{workspace.pk}/meetings").content.decode()

    names = ["Going on", "Tomorrow", "Next month", "Last week", "Long ago"]
    places = [page.index(f">{name}</a>") for name in names]
    assert places == sorted(places)


def test_an_empty_list_says_what_would_be_there(as_: Browser, workspace: Any, alice: Any) -> None:
    page = as_(alice).get(f"/w/{workspace.pk}/meetings").content.decode()

    assert "No meetings yet" in page


def test_past_meetings_come_in_pages(as_: Browser, workspace: Any, a_meeting: Any, alice: Any) -> None:
    for day in range(1, 28):
        a_meeting(title=f"Day {day}", starts_at=now() - timedelta(days=day))

    first = as_(alice).get(f"/w/{workspace.pk}/meetings").content.decode()
    cursor = first.split("after=")[1].split('"')[0]
    second = as_(alice).get(f"/w/{workspace.pk}/meetings?after={cursor}").content.decode()

    assert ("Day 25<" in first, "Day 26<" in first) == (True, False)
    assert ("Day 25<" in second, "Day 26<" in second, "Day 27<" in second) == (False, True, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_database_the_same_number_of_times(
    as_: Browser, workspace: Any, a_meeting: Any, alice: Any, count: int, django_assert_num_queries: Any
) -> None:
    for day in range(1, count + 1):
        a_meeting(title=f"Past {day}", starts_at=now() - timedelta(days=day))
        a_meeting(title=f"Coming {day}", starts_at=now() + timedelta(days=day), agenda="About @todo:1")
    browser = as_(alice)
    browser.get(f"/w/{workspace.pk}/meetings")

    with django_assert_num_queries(12):
        browser.get(f"/w/{workspace.pk}/meetings")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_database_the_same_number_of_times(
    as_: Browser, recorded: Meeting, alice: Any, bob: Any, count: int, django_assert_num_queries: Any
) -> None:
    rows = [{"title": f"Do {n}", "assignee": alice, "due_on": None} for n in range(count)]
    actions.write_record(recorded, notes="See @todo:1", decisions="", actions=rows, by=bob)
    browser = as_(alice)
    browser.get(recorded.get_absolute_url())

    with django_assert_num_queries(11):
        browser.get(recorded.get_absolute_url())


@pytest.mark.parametrize("number", ["2", "99999999999999999999999"])
def test_a_meeting_that_is_not_there_is_404(
    as_: Browser, workspace: Any, meeting: Meeting, alice: Any, number: str
) -> None:
    assert as_(alice).get(f"/w/{workspace.pk}/meetings/{number}").status_code == 404


def test_a_meeting_of_another_workspace_is_404(as_: Browser, meeting: Meeting, project: Any, carol: Any) -> None:
    assert as_(carol).get(f"/w/{project.workspace.pk}/meetings/{meeting.number}").status_code == 404
