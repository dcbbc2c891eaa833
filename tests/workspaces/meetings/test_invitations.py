"""Meetings in people's calendars: by mail, changed and taken out there as they are here."""

from datetime import timedelta
from email import message_from_bytes, policy

import icalendar
import pytest

from superviseme.notifications.spread import spread_due_notices
from superviseme.outbox.channels import as_mail
from superviseme.outbox.models import Message
from superviseme.web.time import now, simulated
from superviseme.workspaces.meetings import actions


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


def test_deleting_takes_it_out_and_restoring_brings_it_back(planned, alice, bob):
    told(alice)
    actions.delete_meeting(planned, by=bob)
    assert told(alice)[1:] == [("CANCEL", 1, "CANCELLED")]
    planned.refresh_from_db()
    actions.restore_meeting(planned, by=bob)
    assert told(alice)[2:] == [("REQUEST", 2, "CONFIRMED")]


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
