from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


class Area(models.TextChoices):
    """What a token may be limited to."""

    WORKSPACES = "workspaces", _("Theses, projects and what is in them")
    FILES = "files", _("Files")
    TOPICS = "topics", _("Topics")
    PEOPLE = "people", _("People")
    NOTICES = "notices", _("Notices")


class TokenQuerySet(models.QuerySet["Token"]):
    def live(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=now())


class Token(models.Model):
    """A person's key for a program. Only the hash is kept; `ending` are its last characters, to know it again."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="access_tokens")
    label = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    writes = models.BooleanField(default=False)
    areas = models.JSONField(default=list)  # of Area
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # at most every five minutes
    revoked_at = models.DateTimeField(null=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_ends_after_start")
        ]
        indexes = [models.Index(fields=["person", "-id"])]

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > now()

    @property
    def area_names(self) -> str:
        return ", ".join(str(area.label) for area in Area if area in self.areas)
