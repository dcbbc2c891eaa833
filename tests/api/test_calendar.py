"""The secret calendar address: what stands in it, for whom, and that it can be closed."""

import datetime as dt

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from superviseme.api.calendar.actions import close_feed, open_feed
from superviseme.api.calendar.address import address_of
from superviseme.api.calendar.models import Feed
from superviseme.events.models import Event
from superviseme.web.time import now
from superviseme.workspaces.meetings.actions import cancel_meeting, plan_meeting
from superviseme.workspaces.milestones.actions import add_milestone, reach_milestone
from superviseme.workspaces.room.actions import freeze_workspace
from superviseme.workspaces.todos.actions import add_todo
from tests import people

SOON = now().date() + dt.timedelta(days=9)


@pytest.fixture
def address(alice, settings):
    return address_of(open_feed(by=alice)).removeprefix(settings.BASE_URL)


def entries(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    found = icalendar.Calendar.from_ical(answer.content)
    return {str(e["summary"]): e for e in found.walk("VEVENT")}


def fill(workspace, alice, bob):
    meeting = plan_meeting(
        workspace, title="Weekly", starts_at=now() + dt.timedelta(days=1), attendees=[alice, bob], by=bob
    )
    add_milestone(workspace, title="Chapter two", due_on=SOON, by=bob)
    add_todo(workspace, title="Calibrate", due_on=SOON, assignee=alice, by=bob)
    return meeting


def test_meetings_and_deadlines_stand_in_it(address, thesis, workspace, alice, bob):
    fill(workspace, alice, bob)
    type(thesis).objects.update(submit_by=SOON, defence_at=now() + dt.timedelta(days=30), defence_place="Hall 1")
    found = entries(address)
    assert sorted(found) == [
        "Defence: Bridges under wind",
        "Hand-in: Bridges under wind",
        "Milestone: Chapter two",
        "To do: Calibrate",
        "Weekly",
    ]
    assert (found["To do: Calibrate"]["dtstart"].dt, found["Defence: Bridges under wind"]["location"]) == (
        SOON,
        "Hall 1",
    )


def test_what_is_none_of_one_s_business_does_not(address, workspace, alice, bob, carol, ada, settings):
    other = people.a_thesis(author=carol, supervisor=bob, title="Other").workspace
    add_milestone(other, title="Secret", due_on=SOON, by=bob)
    add_todo(workspace, title="Of Bob", due_on=SOON, assignee=bob, by=bob)
    plan_meeting(workspace, title="Without Alice", starts_at=now(), attendees=[bob, carol], by=bob)
    assert entries(address) == {}
    assert entries(address_of(open_feed(by=ada)).removeprefix(settings.BASE_URL)) == {}


def test_what_is_done_frozen_or_cancelled_leaves_it(address, workspace, alice, bob):
    meeting = fill(workspace, alice, bob)
    cancel_meeting(meeting, by=bob)
    reach_milestone(workspace.milestones.get(), by=bob)
    assert [str(e["status"]) for e in entries(address).values() if "status" in e] == ["CANCELLED"]
    assert "Milestone: Chapter two" not in entries(address)
    add_milestone(workspace, title="Chapter three", due_on=SOON, by=bob)
    freeze_workspace(workspace, by=bob)
    assert "Milestone: Chapter three" not in entries(address)


def test_who_has_left_the_workspace_sees_it_no_more(address, workspace, alice, bob):
    fill(workspace, alice, bob)
    workspace.members.filter(person=alice).delete()
    assert entries(address) == {}


def test_a_program_that_asks_again_is_told_that_nothing_changed(address, workspace, alice, bob):
    fill(workspace, alice, bob)
    first = Client().get(address)
    same = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content, same["Cache-Control"]) == (304, b"", "private, no-cache")
    add_todo(workspace, title="More", due_on=SOON, assignee=alice, by=bob)
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_new_address_ends_the_old_one_and_closing_ends_all(as_, alice, address, settings):
    browser = as_(alice)
    browser.post("/profile/calendar")
    second = address_of(Feed.objects.get()).removeprefix(settings.BASE_URL)
    assert [Client().get(a).status_code for a in (address, second)] == [404, 200]
    assert second in browser.get("/profile/calendar").content.decode()
    browser.post("/profile/calendar/deletion")
    assert Client().get(second).status_code == 404
    browser.post("/profile/calendar")
    assert [Client().get(a).status_code for a in (address, second)] == [404, 404]


def test_the_address_of_a_disabled_person_is_dead_at_once(address, alice):
    type(alice).objects.update(is_active=False)
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["1", "1-", "x-y", "1-ü", "99999999999999999999-x", "²-x", "1-" + "0" * 64])
def test_a_guess_opens_nothing(address, token):
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_an_older_key_of_the_site_still_opens_it(address, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 9
    assert Client().get(address).status_code == 200


def test_it_costs_the_same_with_one_row_and_three(address, workspace, alice, bob):
    def queries():
        Client().get(address)
        with CaptureQueriesContext(connection) as asked:
            Client().get(address)
        return len(asked)

    fill(workspace, alice, bob)
    few = queries()
    for number in (1, 2):
        add_todo(workspace, title=f"x{number}", due_on=SOON, assignee=alice, by=bob)
        add_milestone(workspace, title=f"x{number}", due_on=SOON, by=bob)
        plan_meeting(workspace, title=f"x{number}", starts_at=now(), attendees=[alice], by=bob)
    assert (queries(), few) == (few, 5)


def test_a_title_cannot_add_entries_of_its_own(address, workspace, alice, bob):
    add_todo(workspace, title="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y", due_on=SOON, assignee=alice, by=bob)
    assert len(entries(address)) == 1


def test_opening_and_closing_are_in_the_audit(alice):
    open_feed(by=alice)
    close_feed(by=alice)
    close_feed(by=alice)
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["account.calendar_opened", "account.calendar_closed"]
