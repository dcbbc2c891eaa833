"""What every thing below a workspace shares: soft deletion, a version against stale forms, a number of its own."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from superviseme.web.answers import Stale
from superviseme.web.time import now

PERSON = settings.AUTH_USER_MODEL


def together(at: str, by: str) -> Q:
    """For a check constraint: when and who stand together or not at all."""
    return Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


class ThingQuerySet(models.QuerySet):
    def live(self) -> Self:
        """Without what is deleted, itself or with its workspace."""
        return self.filter(deleted_at=None, workspace__deleted_at=None)


class Thing(models.Model):
    """Abstract: belongs to a workspace; deleting keeps the row for 30 days; `version` grows with every edit."""

    workspace = models.ForeignKey("workspaces.Workspace", on_delete=models.PROTECT, related_name="%(class)ss")
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ThingQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=together("deleted_at", "deleted_by"), name="%(class)s_deleted_by_and_at")
        ]

    @property
    def creator_id(self) -> int:
        return self.created_by_id  # type: ignore[attr-defined]  # fields of an abstract model are not seen

    def search_entry(self: Any) -> dict[str, Any] | None:
        """What search/index.py keeps of it: nothing once it is deleted."""
        if self.deleted_at:
            return None
        return {
            "title": self.title,
            "body": self.found_by(),
            "link": self.get_absolute_url(),
            "workspace_number": self.workspace_id,
        }

    def found_by(self: Any) -> str:
        """The words it is found by besides its title."""
        return self.description


def edit(thing: Any, *, version: int | None, **changes: Any) -> bool:
    """Save these fields of a Thing (or another row with a version), unless another changed it since `version` was shown,
    or deleted it (raises Stale). False when it says all this already: then there is nothing to tell."""
    claim = type(thing).objects.filter(pk=thing.pk)
    if isinstance(thing, Thing):
        claim = claim.filter(deleted_at=None)
    if version is not None:
        claim = claim.filter(version=version)
    if claim.filter(**changes).exists():
        return False
    if claim.update(**{**changes, "version": F("version") + 1, "edited_at": now()}) != 1:
        raise Stale(type(thing).objects.filter(pk=thing.pk).first())
    thing.refresh_from_db(fields=[*changes, "version", "edited_at"])
    return True


def mark_deleted(thing: Any, *, by: Any) -> bool:
    """Soft-delete once; False when somebody else was faster."""
    changed = type(thing).objects.filter(pk=thing.pk, deleted_at=None).update(deleted_at=now(), deleted_by=by)
    thing.refresh_from_db(fields=["deleted_at", "deleted_by"])
    return changed == 1


def mark_restored(thing: Any) -> bool:
    changed = type(thing).objects.filter(pk=thing.pk).exclude(deleted_at=None).update(deleted_at=None, deleted_by=None)
    thing.refresh_from_db(fields=["deleted_at", "deleted_by"])
    return changed == 1


def next_number(workspace: Any, counter: str) -> int:
    """The next number of to-dos, goals, … in this workspace (`counter` is a field such as "last_todo"); never reused."""
    type(workspace).objects.filter(pk=workspace.pk).update(**{counter: F(counter) + 1})
    workspace.refresh_from_db(fields=[counter])
    return getattr(workspace, counter)


def recent_twin(rows: models.QuerySet, *, by: Any, **fields: Any) -> Any:
    """The same thing made by the same person within the last minute: a double submit, or None."""
    return rows.filter(created_by=by, created_at__gt=now() - timedelta(seconds=60), deleted_at=None, **fields).first()
