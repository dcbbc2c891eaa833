from django.db import models


class LegacyRow(models.Model):
    """Where a row of the predecessor went, so that an import run twice adds nothing."""

    source_table = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source_table", "source_id"], name="legacy_row_once")]
