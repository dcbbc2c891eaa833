"""Whatever people are called, their letters arrive whole: to one address, under one subject, with the headers we set."""

from email import message_from_bytes, policy

import icalendar
import pytest

from superviseme.notifications.catalog import Verb
from superviseme.outbox.channels import as_mail
from superviseme.web.time import now
from superviseme.workspaces.meetings.actions import plan_meeting

from .conftest import letters_to

NAMES = {
    "line breaks": "Eve\r\nBcc: mallory@example.org\r\n\r\nBody",
    "vertical breaks": "Eve\x0bX: y\x0c\x85\u2028Z: w",
    "emoji": "👩‍🎓 Zoë 🏳️‍🌈",
    "right to left": "\u202eעברית والعربية\u202c",
    "long": "Ł" * 500,
    "long words": "very " * 100,
    "addresses": '"Ann" <mallory@example.org>, Bob',
    "markup": "<b>O'Clark & Sons</b> <script>alert(1)</script>",
    "templates": "{{ 7*7 }} {% raw %} %(title)s %s",
    "encoded": "=?utf-8?b?QmNjOiBtYWxsb3J5?= ",
    "commas and semicolons": "A;B:C,D\\E",
}


@pytest.fixture(params=NAMES.values(), ids=NAMES)
def name(request) -> str:
    return request.param


def read(message):
    """As a mail program reads it."""
    return message_from_bytes(as_mail(message).message().as_bytes(), policy=policy.default)


def test_people_and_titles_break_no_letter(name, alice, bob, workspace, tell, later):
    type(bob).objects.filter(pk=bob.pk).update(name=name[:150], surname="")
    type(alice).objects.filter(pk=alice.pk).update(name=name[:150], surname=name[-150:])
    type(workspace).objects.filter(pk=workspace.pk).update(title=name[:300])
    workspace.refresh_from_db(), bob.refresh_from_db()
    tell(alice, by=bob)
    later()
    (letter,) = letters_to(alice)
    mail = read(letter)
    assert [a.addr_spec for a in mail["To"].addresses] == ["alice@example.org"]
    assert {"Bcc", "Cc", "X", "Z"} & set(mail.keys()) == set()
    assert len(mail.get_all("Subject")) == 1
    assert (mail["Message-ID"], mail["List-Unsubscribe"].strip()) == (
        letter.message_id,
        letter.headers["List-Unsubscribe"],
    )
    assert [p.get_content_type() for p in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "<script>" not in letter.html
    if "{{" in name:
        assert "{{ 7*7 }}" in letter.text


def test_a_meeting_of_such_people_is_an_entry_calendars_read(name, alice, bob, workspace, later):
    type(alice).objects.filter(pk=alice.pk).update(name=name[:150])
    plan_meeting(
        workspace,
        title=name[:200],
        starts_at=now().replace(year=2199),
        attendees=[alice, bob],
        by=bob,
        place=name[:200],
    )
    later()
    (letter,) = letters_to(alice)
    part = next(p for p in read(letter).walk() if p.get_content_type() == "text/calendar")
    (event,) = icalendar.Calendar.from_ical(part.get_content()).walk("VEVENT")
    assert [str(a) for a in [event["ATTENDEE"]]] == ["mailto:alice@example.org"]
    assert event["ORGANIZER"].params["CN"] == "SuperviseMe"


def test_a_day_of_such_news_is_one_letter(name, alice, workspace, tell, later, wants):
    wants(alice, "course", "daily")
    type(workspace).objects.filter(pk=workspace.pk).update(title=name[:300])
    workspace.refresh_from_db()
    tell(alice, verb=Verb.WORKSPACE_FROZEN), tell(alice, verb=Verb.WORKSPACE_UNFROZEN)
    later(), later(seconds=25 * 3600)
    (letter,) = letters_to(alice)
    assert (len(read(letter).get_all("Subject")), "<script>" in letter.html) == (1, False)
