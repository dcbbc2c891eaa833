from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from superviseme.web.addresses import reverse

from ..things import Thing, together

PERSON = settings.AUTH_USER_MODEL


class GoalKind(models.TextChoices):
    OBJECTIVE = "objective", _("Objective")
    HYPOTHESIS = "hypothesis", _("Hypothesis")


class GoalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a state", "Open")
    REACHED = "reached", pgettext_lazy("of an objective", "Reached")  # of a hypothesis: supported
    REFUTED = "refuted", _("Refuted")  # of a hypothesis only
    DROPPED = "dropped", _("Dropped")


class Goal(Thing):
    """An objective or a hypothesis; the supervisor may freeze it once agreed."""

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=GoalKind, default=GoalKind.OBJECTIVE)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(Thing.Meta):
        constraints = [
            *Thing.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "number"], name="goal_number_once"),
            models.CheckConstraint(condition=Q(kind__in=GoalKind.values), name="goal_kind_known"),
            models.CheckConstraint(condition=Q(state__in=GoalState.values), name="goal_state_known"),
            models.CheckConstraint(condition=together("frozen_at", "frozen_by"), name="goal_frozen_by_and_at"),
        ]

    @property
    def state_words(self) -> str:
        """An objective is reached, a hypothesis is supported."""
        supported = self.kind == GoalKind.HYPOTHESIS and self.state == GoalState.REACHED
        return gettext("Supported") if supported else self.get_state_display()

    def get_absolute_url(self) -> str:
        return reverse("goal", args=[self.workspace_id, self.number])
