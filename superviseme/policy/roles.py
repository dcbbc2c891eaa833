"""Site roles are granted to a person; seats are held in one workspace (or one topic)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMIN = "admin", _("Administrator")
    SUPERVISOR = "supervisor", _("Supervisor")
    RESEARCHER = "researcher", _("Researcher")
    STUDENT = "student", _("Student")


class Seat(models.TextChoices):
    AUTHOR = "author", _("Author")
    SUPERVISOR = "supervisor", _("Supervisor")
    COLLABORATOR = "collaborator", _("Collaborator")
    EXAMINER = "examiner", _("Examiner")


class Kind(models.TextChoices):
    """What a set of seats belongs to. Theses and projects are workspaces; a topic is a public offer."""

    THESIS = "thesis", _("Thesis")
    PROJECT = "project", _("Project")
    TOPIC = "topic", _("Topic")
