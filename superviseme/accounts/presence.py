"""Presence: when and where a person was last seen, written at most every five minutes, outside the page's transaction.

Also sets the reader's zone for the request.
"""

import zoneinfo
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from superviseme.web.answers import is_unattended
from superviseme.web.time import now, site_zone

from .models import Person

EVERY = timedelta(minutes=5)


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        person = request.user if request.user.is_authenticated else None
        with timezone.override(zone_of(person)):
            response = get_response(request)
        if person is not None and response.status_code < 400 and not is_unattended(response):
            _mark(person, request.path)
        return response

    return handle


def zone_of(person: Person | None) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(person.time_zone) if person and person.time_zone else site_zone()
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return site_zone()


def _mark(person: Person, place: str) -> None:
    moment = now()
    if person.last_seen_at and moment - person.last_seen_at < EVERY:
        return
    try:
        Person.objects.filter(pk=person.pk).update(last_seen_at=moment, last_seen_place=place[:100])
    except DatabaseError:
        return  # being seen is not worth a failed page
