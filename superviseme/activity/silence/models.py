from django.conf import settings
from django.db import models
from django.db.models import F, Q

from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


class Rhythm(models.Model):
    """After how many days without a sign a workspace counts as silent; without a row the site's usual number."""

    workspace = models.OneToOneField("workspaces.Workspace", on_delete=models.CASCADE, related_name="rhythm")
    days = models.PositiveSmallIntegerField()
    agreed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gte=2, days__lte=180), name="rhythm_days_sensible")]


class Absence(models.Model):
    """Agreed days without work (both included): they are no silence, and the count begins anew after them."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()
    why = models.CharField(max_length=200, blank=True)
    agreed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start"),
            models.UniqueConstraint(fields=["workspace", "starts_on", "ends_on"], name="absence_once"),
        ]
        indexes = [models.Index(fields=["workspace", "starts_on"])]


class Silence(models.Model):
    """One silence, named by when it began: who writes is told once, and once who supervises."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.CASCADE, related_name="silences")
    since = models.DateTimeField()
    author_told_at = models.DateTimeField()
    supervisor_told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "since"], name="silence_once")]
