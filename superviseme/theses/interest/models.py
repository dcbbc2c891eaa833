from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from superviseme.policy.roles import Kind, Seat
from superviseme.web.labels import labelled
from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


class InterestState(models.TextChoices):
    PENDING = "pending", _("Pending")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLOSED = "closed", pgettext_lazy("of a request", "Closed")


CLOSED_FOR = {"full": _("All places are taken."), "gone": _("The topic is no longer offered.")}


def closed(data: Mapping[str, Any]) -> dict[str, str]:
    """Why, for the sentence of the event; one from before it was kept says what is true of both."""
    return {"why": str(CLOSED_FOR.get(data.get("reason", ""), CLOSED_FOR["gone"]))}


class Interest(models.Model):
    """A student asks for a topic. At most one pending per student and topic; settled ones are history."""

    topic = models.ForeignKey("theses.Topic", on_delete=models.PROTECT, related_name="interests")
    student = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="interests")
    message = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=InterestState, default=InterestState.PENDING)
    created_at = models.DateTimeField(default=now)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)  # as typed; of a closed one a key of CLOSED_FOR
    thesis = models.ForeignKey("theses.Thesis", on_delete=models.SET_NULL, null=True, related_name="+")
    get_state_display = labelled("state")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "student"], condition=Q(state="pending"), name="interest_pending_once"
            ),
            models.CheckConstraint(condition=Q(state__in=InterestState.values), name="interest_state_known"),
        ]
        indexes = [
            models.Index(fields=["student", "-created_at", "-id"]),
            models.Index(fields=["topic", "state", "created_at"]),
            models.Index(fields=["state", "created_at", "id"]),
        ]

    @property
    def creator_id(self) -> int:
        return self.student_id

    @property
    def is_pending(self) -> bool:
        return self.state == InterestState.PENDING

    @property
    def why(self) -> str:
        """The reason in the reader's words."""
        return str(CLOSED_FOR.get(self.reason, self.reason)) if self.state == InterestState.CLOSED else self.reason

    @property
    def title(self) -> str:
        return self.topic.title

    @property
    def policy_kind(self) -> Kind:
        return Kind.TOPIC

    def seat_of(self, person: Any) -> Seat | None:
        return self.topic.seat_of(person)

    def get_absolute_url(self) -> str:
        return self.topic.get_absolute_url()
