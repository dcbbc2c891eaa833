from django.conf import settings
from django.db import models

from superviseme.web.time import now


class Publication(models.Model):
    """A publication, position, degree or grant of a person, with its origin."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="publications")
    source = models.CharField(max_length=20, default="manual")  # manual, orcid, predecessor
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    venue = models.CharField(max_length=500, blank=True)
    published = models.CharField(max_length=20, blank=True)  # as precise as known: 2024, 2024-05, 2024-05-31
    url = models.TextField(blank=True)
    identifiers = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "-published", "-id"])]
