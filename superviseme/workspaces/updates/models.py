from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from superviseme.web.addresses import reverse
from superviseme.web.labels import labelled
from superviseme.web.time import now

from ..things import Thing
from ..todos.references import said

PERSON = settings.AUTH_USER_MODEL


class UpdateKind(models.TextChoices):
    PROGRESS = "progress", _("Progress")
    QUESTION = "question", _("Question")
    PROBLEM = "problem", _("Problem")
    MILESTONE = "milestone", _("Milestone")
    FEEDBACK = "feedback", _("Feedback")  # a supervisor's own, not an answer to an update


class Update(Thing):
    """A message in the workspace: what was done, a question, a problem, a milestone reached, or feedback."""

    kind = models.CharField(max_length=20, choices=UpdateKind, default=UpdateKind.PROGRESS)
    text = models.TextField()
    get_kind_display = labelled("kind")

    class Meta(Thing.Meta):
        constraints = [
            *Thing.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=UpdateKind.values), name="update_kind_known"),
        ]
        indexes = [models.Index(fields=["workspace", "-created_at", "-id"])]

    @property
    def title(self) -> str:
        return said(self.text, 80)

    def get_absolute_url(self) -> str:
        return reverse("update", args=[self.workspace_id, self.pk])

    def found_by(self) -> str:
        return self.text


class Comment(Thing):
    """An answer under an update, threaded once. Feedback is marked as such."""

    update = models.ForeignKey(Update, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replies")
    is_feedback = models.BooleanField(default=False)
    text = models.TextField()

    class Meta(Thing.Meta):
        indexes = [models.Index(fields=["update", "created_at", "id"])]

    @property
    def title(self) -> str:
        return said(self.text, 80)

    def get_absolute_url(self) -> str:
        return f"{reverse('update', args=[self.workspace_id, self.update_id])}#comment-{self.pk}"

    def search_entry(self) -> dict[str, Any] | None:
        """Nothing while its update is deleted: nobody can read it then."""
        return None if self.update.deleted_at else super().search_entry()

    def found_by(self) -> str:
        return self.text


class Tag(models.Model):
    """A word on an update; the same word once, in any case (`folded`)."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="tags")
    word = models.CharField(max_length=50)
    folded = models.CharField(max_length=100)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["update", "folded"], name="tag_once")]
        ordering = ["pk"]


class Attachment(models.Model):
    """A file version hung on an update."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="attachments")
    version = models.ForeignKey("workspaces.FileVersion", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["update", "version"], name="attachment_once")]
        ordering = ["pk"]
