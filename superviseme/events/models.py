from django.conf import settings
from django.db import models
from django.db.models import Q


class Event(models.Model):
    """Something that happened. Keeps numbers and the title of the thing, never names of people; names are looked up,
    so that a person can be made anonymous. `seal` chains the rows (worker) so that a change afterwards shows."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    workspace_number = models.BigIntegerField(null=True)
    thing = models.CharField(max_length=60)  # model label, such as "workspaces.todo"
    thing_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, blank=True)
    seal_number = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["workspace_number", "-at", "-id"]),
            models.Index(fields=["thing", "thing_id"]),
            models.Index(fields=["actor", "-at"]),
            models.Index(fields=["-at", "-id"]),
            models.Index(fields=["at"], condition=Q(workspace_number__isnull=False), name="event_at_in_workspaces"),
            models.Index(fields=["verb", "-at"]),
        ]
