"""Everything the site keeps about one person, table by table: what is theirs, and what they took part in."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from django.db import models
from django.db.models import Q

from superviseme.accounts.models import Person
from superviseme.policy.roles import Seat
from superviseme.web.answers import Busy
from superviseme.workspaces.files.storage import open_bytes
from superviseme.workspaces.models import Workspace

from .tables import Exported, exported

IN_OFFICE = set("granted_by revoked_by invited_by added_by deleted_by handled_by frozen_by graded_by".split())
"""What a person did to others by their role: those rows are about the others."""


def everything_about(person: Person) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """(table, rows) of every table that says something about the person."""
    for table in exported().values():
        condition = _theirs(table, person)
        if condition is not None:
            rows = table.model._base_manager.filter(condition).order_by("pk").distinct()
            found = [dict(zip(table.columns, row, strict=True)) for row in rows.values_list(*table.columns)]
            if found:
                yield table.name, found


def picture_of(person: Person) -> Iterator[tuple[str, bytes]]:
    """The picture itself, beside the row that names it; none while its bytes cannot be read."""
    if person.picture:
        with suppress(Busy), open_bytes(person.picture) as file:
            yield "picture.webp", file.read()


def _theirs(table: Exported, person: Person) -> Q | None:
    if table.model is Person:
        return Q(pk=person.pk)
    if table.name in ("theses.thesis", "projects.project", "workspaces.workspace"):
        mine = Workspace.objects.live().with_seat(person, Seat.AUTHOR)
        return Q(pk__in=mine) if table.model is Workspace else Q(workspace__in=mine)
    found = [Q(**{f.name: person}) for f in table.model._meta.concrete_fields if _names_them(f)]
    if table.name == "outbox.message":
        found.append(Q(recipient_id=person.pk))
    if table.name == "accounts.invitation":
        found.append(Q(email=person.email))
    if not found:
        return None
    condition = found[0]
    for further in found[1:]:
        condition |= further
    return condition


def _names_them(field: Any) -> bool:
    return isinstance(field, models.ForeignKey) and field.related_model is Person and field.name not in IN_OFFICE
