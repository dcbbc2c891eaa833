from django.db import models


class SearchEntry(models.Model):
    """The words of one thing. `workspace_number` null and `public` true: part of the catalogue."""

    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    workspace_number = models.BigIntegerField(null=True)
    public = models.BooleanField(default=False)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=300)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thing", "thing_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["workspace_number"])]
