from django.conf import settings
from django.db import models

from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


class Feed(models.Model):
    """A person's calendar address. It is made from the site's key and `edition`, so that no copy of the database opens it;
    without a row there is none. The edition only grows: an address that was given up never comes back."""

    person = models.OneToOneField(PERSON, on_delete=models.PROTECT, related_name="calendar_feed")
    edition = models.PositiveIntegerField(default=1)
    is_open = models.BooleanField(default=True)
    opened_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)  # at most every five minutes
