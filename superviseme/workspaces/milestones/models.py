from django.conf import settings
from django.db import models

from superviseme.web.addresses import reverse
from superviseme.web.time import today

from ..things import Thing, together

PERSON = settings.AUTH_USER_MODEL


class Milestone(Thing):
    """Something to be reached by a day."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    due_on = models.DateField()
    reached_at = models.DateTimeField(null=True)
    reached_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Thing.Meta):
        constraints = [
            *Thing.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "number"], name="milestone_number_once"),
            models.CheckConstraint(condition=together("reached_at", "reached_by"), name="milestone_reached_by_and_at"),
        ]
        indexes = [models.Index(fields=["workspace", "reached_at", "due_on"])]

    @property
    def is_reached(self) -> bool:
        return self.reached_at is not None

    @property
    def is_overdue(self) -> bool:
        return not self.is_reached and self.due_on < today()

    def get_absolute_url(self) -> str:
        return reverse("milestone", args=[self.workspace_id, self.number])
