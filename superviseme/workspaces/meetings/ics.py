"""A meeting as a calendar event (RFC 5545). Names and addresses of people stay out: calendars travel."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from superviseme.accounts.models import Person
from superviseme.site.values import setting
from superviseme.web.later import later
from superviseme.web.text import one_line
from superviseme.web.time import now

from ..todos.references import said
from .models import Meeting

icalendar = later("icalendar")


def event_file(meeting: Meeting) -> bytes:
    """One event in UTC whose UID never changes and whose SEQUENCE grows with every change."""
    return _calendar("PUBLISH", event_of(meeting))


def invitation(number: int, person: Person) -> str:
    """The same event as an invitation by mail (RFC 5546) that puts it into the calendar of this person, changes it
    there, or takes it out again: when it was cancelled or deleted, or the person is no longer asked. The site invites."""
    meeting = Meeting.objects.select_related("workspace").filter(pk=number).first()
    if meeting is None or meeting.ends_at < now():
        return ""
    event = event_of(meeting)
    asked = meeting.attendees.filter(person=person).exists() and meeting.workspace.seat_of(person) is not None
    off = bool(meeting.cancelled_at or meeting.deleted_at or meeting.workspace.deleted_at or not asked)
    event["status"] = icalendar.vText("CANCELLED" if off else "CONFIRMED")
    event.add("organizer", _address(setting("site_name"), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    event.add("attendee", _address(person.full_name, person.email))
    return _calendar("CANCEL" if off else "REQUEST", event).decode()


def _address(name: str, address: str) -> Any:
    """A value in quotes holds neither quotes nor control characters (RFC 5545, 3.1)."""
    found = icalendar.vCalAddress(f"mailto:{address}")
    found.params["CN"] = icalendar.vText(one_line(name).replace('"', "'")[:200])
    return found


def _calendar(method: str, event: Any) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{setting('site_name')}//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return calendar.to_ical()


def event_of(meeting: Meeting) -> Any:
    page = f"{settings.BASE_URL}{meeting.get_absolute_url()}"
    event = icalendar.Event()
    event.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", meeting.edited_at or meeting.created_at)
    event.add("last-modified", meeting.edited_at or meeting.created_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.title)
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    if meeting.place or meeting.link:
        event.add("location", meeting.place or meeting.link)
    event.add("url", page)
    event.add("description", "\n\n".join(filter(None, [said(meeting.agenda, 1000), meeting.link, page])))
    return event
