from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from superviseme.web.addresses import reverse
from superviseme.web.labels import labelled
from superviseme.web.time import today

from ..things import Thing

PERSON = settings.AUTH_USER_MODEL


class TodoState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a state", "Open")
    DOING = "doing", _("In progress")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class Priority(models.IntegerChoices):
    HIGH = 1, _("High")
    MEDIUM = 2, _("Medium")
    LOW = 3, _("Low")


class Todo(Thing):
    """Something to do, by whom, by when. `number` is stable within the workspace: `@todo:12`."""

    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TodoState, default=TodoState.OPEN)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.MEDIUM)
    due_on = models.DateField(null=True, blank=True)
    assignee = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, blank=True, related_name="todos")
    meeting = models.ForeignKey("workspaces.Meeting", on_delete=models.PROTECT, null=True, related_name="actions")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    get_state_display = labelled("state")
    get_priority_display = labelled("priority")

    class Meta(Thing.Meta):
        constraints = [
            *Thing.Meta.constraints,
            models.UniqueConstraint(fields=["workspace", "number"], name="todo_number_once"),
            models.CheckConstraint(condition=Q(state__in=TodoState.values), name="todo_state_known"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="todo_priority_known"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "doing"], closed_at=None)
                | Q(state__in=["done", "cancelled"], closed_at__isnull=False),
                name="todo_closed_at_when_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "state", "due_on"]),
            models.Index(fields=["assignee", "state", "due_on"]),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in (TodoState.OPEN, TodoState.DOING)

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today()

    def get_absolute_url(self) -> str:
        return reverse("todo", args=[self.workspace_id, self.number])


class TodoMention(models.Model):
    """A text of this workspace names a to-do of this workspace. Rebuilt whenever the text is saved.

    `words`: the parts of its title by which the text names it, one a line; they stay bound to it when it is renamed.
    """

    todo = models.ForeignKey(Todo, on_delete=models.CASCADE, related_name="mentions")
    update = models.ForeignKey("workspaces.Update", on_delete=models.CASCADE, null=True, related_name="mentions")
    comment = models.ForeignKey("workspaces.Comment", on_delete=models.CASCADE, null=True, related_name="mentions")
    meeting = models.ForeignKey("workspaces.Meeting", on_delete=models.CASCADE, null=True, related_name="mentions")
    words = models.TextField(blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["todo", "update"], condition=Q(update__isnull=False), name="mention_update_once"
            ),
            models.UniqueConstraint(
                fields=["todo", "comment"], condition=Q(comment__isnull=False), name="mention_comment_once"
            ),
            models.UniqueConstraint(
                fields=["todo", "meeting"], condition=Q(meeting__isnull=False), name="mention_meeting_once"
            ),
            models.CheckConstraint(
                condition=Q(update__isnull=False, comment=None, meeting=None)
                | Q(update=None, comment__isnull=False, meeting=None)
                | Q(update=None, comment=None, meeting__isnull=False),
                name="mention_in_one_text",
            ),
        ]
