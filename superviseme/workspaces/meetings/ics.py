"""A meeting as a calendar event (RFC 5545). Names and addresses of people stay out: calendars travel."""

from urllib.parse import urlsplit

import icalendar
from django.conf import settings

from superviseme.web.text import plain

from .models import Meeting


def event_file(meeting: Meeting) -> bytes:
    """One event in UTC whose UID never changes and whose SEQUENCE grows with every change."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(meeting))
    return calendar.to_ical()


def _event(meeting: Meeting) -> icalendar.Event:
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
    event.add("description", "\n\n".join(filter(None, [plain(meeting.agenda, 1000), meeting.link, page])))
    return event
