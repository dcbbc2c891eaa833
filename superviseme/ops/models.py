from django.db import models
from django.db.models import Q


class Lease(models.Model):
    """Who may do a job that only one may do. `epoch` grows with every change of holder: writes carry it, late ones fail."""

    name = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=200, blank=True)
    epoch = models.PositiveBigIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()


class Instance(models.Model):
    """A scheduler's process: it says every few seconds that it lives, whether it leads or stands by."""

    name = models.CharField(max_length=200, unique=True)  # as in Lease.holder
    host = models.CharField(max_length=80)
    pid = models.PositiveIntegerField()
    epoch = models.PositiveBigIntegerField(null=True)  # of the lease, while it leads
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()


class RunState(models.TextChoices):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"  # its time passed while nobody ran jobs; only written down


class JobRun(models.Model):
    """One run of a job for one period, whoever asks how often."""

    job = models.CharField(max_length=60)
    period = models.CharField(max_length=60)  # ISO week, local date or moment: ops/periods.py
    slot_at = models.DateTimeField(null=True)  # when it was due
    late = models.BooleanField(default=False, db_default=False)
    epoch = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=RunState, default=RunState.RUNNING)
    attempts = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    said = models.TextField(blank=True)  # what it did, or why it failed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "period"], name="job_once_a_period"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="job_run_state_known"),
        ]
        indexes = [models.Index(fields=["-started_at", "-id"]), models.Index(fields=["job", "-slot_at"])]


class KnownKey(models.Model):
    """The fingerprint of the SECRET_KEY this database was last served with: one row."""

    fingerprint = models.CharField(max_length=64)
    since = models.DateTimeField()


class RunRequest(models.Model):
    """An administrator's wish that a job run now: the leader runs it at its next tick, outside of its periods."""

    job = models.CharField(max_length=60, unique=True)
    asked_by_id = models.BigIntegerField()  # a person, by number
    asked_at = models.DateTimeField()


class LegacyRow(models.Model):
    """Where a row of the predecessor went, so that an import run twice adds nothing."""

    source = models.PositiveSmallIntegerField(default=1)  # numbers differ from one database to the next
    source_table = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    thing = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    stamp = models.CharField(max_length=40, blank=True)  # of a user: when made, word for word; tells databases apart
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_table", "source_id"], name="legacy_row_once")]


class Site(models.Model):
    """Which site this database is of: one row for ever. A backup carries its number, so that sites are not mixed up."""

    number = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="site_once")]
