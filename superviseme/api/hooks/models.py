from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from superviseme.web.sealed import unseal
from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


class Hook(models.Model):
    """Where a person's notices are told to. The secret signs what is sent; it is sealed, as signing needs it again."""

    person = models.OneToOneField(PERSON, on_delete=models.PROTECT, related_name="webhook")
    address = models.CharField(max_length=300)
    sealed_secret = models.TextField()  # web/sealed.py
    opened_at = models.DateTimeField(default=now)
    told_at = models.DateTimeField(null=True)  # when it last took something
    failures = models.PositiveIntegerField(default=0)  # since then
    failing_since = models.DateTimeField(null=True)
    quiet_until = models.DateTimeField(null=True)  # left alone for a while
    problem = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)  # switched off after a long failure

    @property
    def secret(self) -> str | None:
        """None when it was sealed by a key that the site does not have any more."""
        return unseal(self.sealed_secret)

    @property
    def host(self) -> str:
        """What may be shown: the rest of an address may be a secret of its own."""
        return urlsplit(self.address).netloc
