from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from superviseme.web.labels import labelled
from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


class ProjectKind(models.TextChoices):
    PILOT = "pilot", _("Pilot")
    RESEARCH = "research", _("Research")
    FULL_SCALE = "full-scale", _("Full scale")
    LONGITUDINAL = "longitudinal", _("Longitudinal")
    OTHER = "other", _("Other")


class ProjectState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    COMPLETED = "completed", pgettext_lazy("of a project", "Completed")
    CANCELLED = "cancelled", _("Cancelled")


OVER = frozenset({ProjectState.COMPLETED, ProjectState.CANCELLED})


class Project(models.Model):
    """What only a research project has: its workspace holds the rest."""

    workspace = models.OneToOneField("workspaces.Workspace", on_delete=models.PROTECT, related_name="project")
    kind = models.CharField(max_length=15, choices=ProjectKind, default=ProjectKind.RESEARCH)
    state = models.CharField(max_length=12, choices=ProjectState, default=ProjectState.ACTIVE)
    state_since = models.DateTimeField(default=now)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    funding = models.CharField(max_length=200, blank=True)
    get_kind_display = labelled("kind")
    get_state_display = labelled("state")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ProjectKind.values), name="project_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="project_state_known"),
        ]
        indexes = [models.Index(fields=["state"])]

    @property
    def title(self) -> str:
        return self.workspace.title

    def get_absolute_url(self) -> str:
        return self.workspace.get_absolute_url()


class ProjectStateChange(models.Model):
    """History of states: who moved it, when, why; `original` keeps an imported status word for word."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    source = models.CharField(max_length=12, blank=True)
    target = models.CharField(max_length=12, choices=ProjectState)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    original = models.CharField(max_length=100, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "at", "id"])]
        ordering = ["at", "pk"]
