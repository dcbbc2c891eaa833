from django.conf import settings
from django.db import models

from superviseme.web.time import now

from ..states import State

PERSON = settings.AUTH_USER_MODEL


class StateChange(models.Model):
    """History of states: who moved it, when, why; `original` keeps an imported status word for word."""

    thesis = models.ForeignKey("theses.Thesis", on_delete=models.CASCADE, related_name="changes")
    source = models.CharField(max_length=15, blank=True)
    target = models.CharField(max_length=15, choices=State)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    original = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["thesis", "at", "id"])]
        ordering = ["at", "pk"]
