"""Meetings in people's calendars: by mail, changed and taken out there as they are here."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import icalendar
import pytest
from django.utils import timezone

from superviseme.notifications.models import Habits, Preference
from superviseme.notifications.spread import spread_due_notices
from superviseme.outbox.channels import as_mail
from superviseme.outbox.models import Message
from superviseme.web.dates import datetime_
from superviseme.web.time import now, simulated
from superviseme.workspaces.meetings import actions
from superviseme.workspaces.people.actions import remove_person
from superviseme.workspaces.room.actions import delete_workspace, restore_workspace


@pytest.fixture
def planned(a_meeting):
    """Bob asked Alice to a meeting in three days."""
    return a_meeting(starts_at=now() + timedelta(days=3))


def told(person):
    """[(method, sequence, status)] of the calendar entries mailed to a person, in order; one UID for all."""
    with simulated(now() + timedelta(minutes=1)):
        spread_due_notices()
    entries = [entry(m) for m in Message.objects.filter(recipient_id=person.pk).order_by("pk") if m.calendar]
    assert len({str(event["UID"]) for _, event in entries}) <= 1
    return [(method, int(event["SEQUENCE"]), str(event["STATUS"])) for method, event in entries]


def entry(message):
    mail = message_from_bytes(as_mail(message).message().as_bytes(), policy=policy.default)
    (part,) = [p for p in mail.walk() if p.get_content_type() == "text/calendar"]
    calendar = icalendar.Calendar.from_ical(part.get_content())
    assert part.get_param("method") == str(calendar["METHOD"])
    return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]


def test_who_is_asked_gets_an_entry_that_names_nobody_else(planned, alice):
    assert told(alice) == [("REQUEST", 0, "CONFIRMED")]
    text = Message.objects.get(recipient_id=alice.pk).calendar
    assert ("mailto:alice@example.org" in text, "bob" in text.lower()) == (True, False)


def test_a_change_updates_the_entry(planned, alice, bob):
    told(alice)
    actions.edit_meeting(planned, attendees=[alice, bob], place="Room 5", by=bob)
    assert told(alice)[1:] == [("REQUEST", 1, "CONFIRMED")]


def test_cancelling_takes_it_out_and_reinstating_brings_it_back(planned, alice, bob):
    told(alice)
    actions.cancel_meeting(planned, by=bob)
    assert told(alice)[1:] == [("CANCEL", 1, "CANCELLED")]
    actions.reinstate_meeting(planned, by=bob)
    assert told(alice)[2:] == [("REQUEST", 2, "CONFIRMED")]


def test_who_is_no_longer_asked_loses_it_and_the_others_keep_it(planned, alice, bob, carol):
    actions.edit_meeting(planned, attendees=[alice, bob, carol], by=bob)
    told(alice)
    actions.edit_meeting(planned, attendees=[carol, bob], by=bob)
    assert (told(alice)[-1], told(carol)[-1]) == (("CANCEL", 2, "CANCELLED"), ("REQUEST", 2, "CONFIRMED"))


def test_who_leaves_the_thesis_loses_it_too(planned, bob, carol, workspace, alice):
    actions.edit_meeting(planned, attendees=[alice, bob, carol], by=bob)
    told(carol)
    remove_person(workspace.members.get(person=carol), by=bob)
    assert told(carol)[1:] == [("CANCEL", 2, "CANCELLED")]
    assert not planned.attendees.filter(person=carol).exists()


def test_who_leaves_stays_in_the_record_of_what_was(meeting, bob, carol, workspace, alice):
    actions.edit_meeting(meeting, attendees=[alice, bob, carol], by=bob)
    remove_person(workspace.members.get(person=carol), by=bob)
    assert meeting.attendees.filter(person=carol).exists()


def test_deleting_takes_it_out_and_restoring_brings_it_back(planned, alice, bob):
    told(alice)
    actions.delete_meeting(planned, by=bob)
    assert told(alice)[1:] == [("CANCEL", 1, "CANCELLED")]
    planned.refresh_from_db()
    actions.restore_meeting(planned, by=bob)
    assert told(alice)[2:] == [("REQUEST", 2, "CONFIRMED")]


def test_a_workspace_takes_its_meetings_out_and_brings_them_back(planned, alice, bob):
    told(alice)
    delete_workspace(planned.workspace, by=bob)
    assert told(alice)[1:] == [("CANCEL", 1, "CANCELLED")]
    planned.workspace.refresh_from_db()
    restore_workspace(planned.workspace, by=bob)
    assert told(alice)[2:] == [("REQUEST", 2, "CONFIRMED")]


def test_the_letter_says_when_and_where_in_the_zone_of_its_reader(a_meeting, alice, bob):
    type(alice).objects.filter(pk=alice.pk).update(time_zone="Asia/Tokyo")
    starts = (now() + timedelta(days=3)).replace(hour=20, minute=15)
    meeting = a_meeting(starts_at=starts)
    told(alice)
    letter = Message.objects.get(recipient_id=alice.pk)
    with timezone.override("Asia/Tokyo"):
        day = datetime_(starts)
    assert f"\nWhen: {day}\n" in letter.text
    actions.edit_meeting(meeting, attendees=[alice, bob], place="Room <5>", by=bob)
    told(alice)
    letter = Message.objects.filter(recipient_id=alice.pk).latest("pk")
    assert (f"When: {day}, Room <5>\n" in letter.text, "Room &lt;5&gt;" in letter.html) == (True, True)


def test_the_letter_of_a_deleted_one_leads_to_the_others_as_its_page_is_gone(planned, alice, bob):
    told(alice)
    actions.delete_meeting(planned, by=bob)
    told(alice)
    letter = Message.objects.filter(recipient_id=alice.pk).latest("pk")
    assert f"/w/{planned.workspace_id}/meetings\n" in letter.text


def test_the_calendar_hears_of_what_was_read_in_the_app(planned, alice, bob, as_):
    told(alice)
    actions.cancel_meeting(planned, by=bob)
    as_(alice).post("/notifications/reading")
    assert told(alice)[1:] == [("CANCEL", 1, "CANCELLED")]


def test_what_was_read_and_changes_no_calendar_is_not_mailed(meeting, alice, bob, as_):
    actions.cancel_meeting(meeting, by=bob)
    as_(alice).post("/notifications/reading")
    told(alice)
    assert Message.objects.filter(recipient_id=alice.pk).count() == 0


def test_the_record_of_a_past_meeting_brings_no_entry(meeting, alice, bob):
    actions.write_record(meeting, notes="We spoke.", decisions="", by=bob)
    assert told(alice) == []
    assert "please confirm it" in Message.objects.get(recipient_id=alice.pk).text


def test_deleting_a_past_meeting_bothers_nobody(meeting, alice, bob):
    told(alice)
    before = Message.objects.count()
    actions.delete_meeting(meeting, by=bob)
    assert (told(alice), Message.objects.count()) == ([], before)


def test_two_meetings_planned_at_once_are_two_letters(a_meeting, alice):
    for title in ("One", "Two"):
        a_meeting(title=title, starts_at=now() + timedelta(days=3))
    with simulated(now() + timedelta(minutes=1)):
        spread_due_notices()
    assert Message.objects.filter(recipient_id=alice.pk).exclude(calendar="").count() == 2


NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


@pytest.fixture
def once_a_day(alice):
    """Alice wants news of meetings once a day."""
    Preference.objects.create(person=alice, category="meetings", channel="email", delivery="daily")


@pytest.fixture
def resting(alice):
    """Alice rests from ten to seven, UTC."""
    type(alice).objects.filter(pk=alice.pk).update(time_zone="UTC")
    Habits.objects.create(person=alice, quiet_from=22, quiet_until=7)


def mailed(person, moment=None):
    with simulated((moment or now()) + timedelta(minutes=1)):
        spread_due_notices()
    return list(Message.objects.filter(recipient_id=person.pk).order_by("pk").values_list("letter", flat=True))


def test_calendars_of_who_hears_of_meetings_once_a_day_are_told_at_once_and_the_day_does_not_repeat_it(
    once_a_day, planned, alice, bob
):
    assert told(alice) == [("REQUEST", 0, "CONFIRMED")]
    actions.cancel_meeting(planned, by=bob)
    assert told(alice)[1:] == [("CANCEL", 1, "CANCELLED")]
    assert mailed(alice, now() + timedelta(days=1)) == ["notice", "notice"]


def test_what_changes_no_calendar_still_waits_for_the_daily_letter(once_a_day, meeting, alice, bob):
    actions.write_record(meeting, notes="We spoke.", decisions="", by=bob)
    assert mailed(alice) == []
    assert mailed(alice, now() + timedelta(days=1)) == ["day"]


def test_who_wants_no_mail_of_meetings_gets_no_entry(planned, alice):
    Preference.objects.create(person=alice, category="meetings", channel="email", delivery="never")
    assert told(alice) == []


def test_a_meeting_long_after_the_rest_waits_until_it_is_over(resting, a_meeting, alice):
    with simulated(NIGHT):
        a_meeting(starts_at=NIGHT + timedelta(hours=10))
    assert mailed(alice, NIGHT) == []
    assert mailed(alice, NIGHT + timedelta(hours=8)) == ["notice"]


@pytest.mark.parametrize("hours", [7.5, 8.5])
def test_a_meeting_that_begins_in_the_rest_or_soon_after_does_not_wait(
    resting, once_a_day, a_meeting, alice, bob, hours
):
    with simulated(NIGHT):
        early = a_meeting(starts_at=NIGHT + timedelta(hours=hours))
        assert mailed(alice, NIGHT) == ["notice"]
        actions.cancel_meeting(early, by=bob)
        assert mailed(alice, NIGHT + timedelta(minutes=1)) == ["notice", "notice"]
        actions.reinstate_meeting(early, by=bob)
        actions.delete_meeting(early, by=bob)
        mailed(alice, NIGHT + timedelta(minutes=2))
    assert Message.objects.filter(recipient_id=alice.pk, calendar__contains="METHOD:CANCEL").count() == 2


def test_moving_a_meeting_out_of_the_rest_does_not_wait_either(resting, a_meeting, alice, bob):
    with simulated(NIGHT - timedelta(hours=3)):
        early = a_meeting(starts_at=NIGHT + timedelta(hours=7))
        mailed(alice, NIGHT - timedelta(hours=3))
    with simulated(NIGHT):
        actions.edit_meeting(early, attendees=[alice, bob], starts_at=NIGHT + timedelta(days=2), by=bob)
        assert mailed(alice, NIGHT) == ["notice", "notice"]
