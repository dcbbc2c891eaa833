from django.conf import settings
from django.db import models


class Notice(models.Model):
    """One person is told of one event, in the app. The worker turns due notices into outbox rows (`spread_at`)."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="notices")
    verb = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    loud = models.BooleanField(default=True)  # also by mail
    spread_at = models.DateTimeField(null=True)  # when the worker dealt with it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="notice_once")]
        indexes = [
            models.Index(fields=["recipient", "read_at", "-id"]),
            models.Index(fields=["recipient", "-id"]),
            models.Index(fields=["spread_at", "id"]),
        ]
