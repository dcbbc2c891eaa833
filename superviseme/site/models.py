from django.db import models


class Setting(models.Model):
    """A value somebody chose; what has no row is as table.py says. Written by ops/settings alone, read by values.py."""

    name = models.CharField(max_length=60, unique=True)
    value = models.JSONField()
    changed_at = models.DateTimeField()


class Picture(models.Model):
    """The logo: small, and with the settings, so that every process and every backup has it."""

    digest = models.CharField(max_length=64, unique=True)
    content_type = models.CharField(max_length=40)
    data = models.BinaryField()
    added_at = models.DateTimeField()
