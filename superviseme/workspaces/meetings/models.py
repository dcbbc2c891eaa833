import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models

from superviseme.web.addresses import reverse
from superviseme.web.time import now

from ..things import Thing, together

PERSON = settings.AUTH_USER_MODEL


class Meeting(Thing):
    """A meeting: when, how long, where, with whom; its agenda before and its record after."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=2000, blank=True)
    agenda = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    decisions = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)  # when notes or decisions were last written
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    sequence = models.PositiveIntegerField(default=0)  # of the calendar event (RFC 5545, 3.8.7.4)

    class Meta(Thing.Meta):
        constraints = [
            *Thing.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=together("cancelled_at", "cancelled_by"), name="meeting_cancelled_by_and_at"
            ),
        ]
        indexes = [models.Index(fields=["workspace", "-starts_at", "-id"])]

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def is_past(self) -> bool:
        return self.ends_at <= now()

    def took_part(self, person: Any) -> bool:
        return any(a.person_id == person.pk for a in self.attendees.all())

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.workspace_id, self.number])

    def found_by(self) -> str:
        return "\n".join([self.agenda, self.notes, self.decisions])


class Attendee(models.Model):
    """A person asked to a meeting; `confirmed_at` says the record was read and agreed, as of `confirmed_version`."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendees")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendee_once")]
        ordering = ["pk"]
