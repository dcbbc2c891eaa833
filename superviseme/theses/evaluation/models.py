from typing import Any

from django.conf import settings
from django.db import models

from superviseme.web.text import plain
from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


class Submission(models.Model):
    """A hand-in: the locked file version, the declaration as signed, and how late it was."""

    thesis = models.ForeignKey("theses.Thesis", on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey("workspaces.FileVersion", on_delete=models.PROTECT, related_name="+")
    declaration = models.TextField()
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=now)
    late_seconds = models.PositiveBigIntegerField(default=0)
    receipt = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-submitted_at", "-pk"]


class Evaluation(models.Model):
    """The grade and report of one supervisor or examiner."""

    thesis = models.ForeignKey("theses.Thesis", on_delete=models.PROTECT, related_name="evaluations")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    grade = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    out_of = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    report = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thesis", "person"], name="evaluation_once")]

    @property
    def workspace(self) -> Any:
        return self.thesis.workspace

    @property
    def title(self) -> str:
        return plain(self.report, 80) or self.thesis.title

    @property
    def creator_id(self) -> int:
        return self.person_id
