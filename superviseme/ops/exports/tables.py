"""Which tables and columns there are to take along: all of ours, but what opens doors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

OURS = "superviseme."
OPENS_DOORS = re.compile(r"password|secret|token|(^|_)(key|keys|hash|code|codes|salt|seed|otp|session_epoch)$|recovery")
KEPT_BACK = {  # by hand, with the reason
    "outbox.message.text": "a letter may hold a link that opens an account",
    "outbox.message.html": "the same",
    "outbox.message.headers": "they hold the link that stops mail",
    "api.hook.address": "it may hold a secret of another service",
    "site.picture.data": "a picture is no cell",
}


@dataclass(frozen=True)
class Exported:
    """One table: `name` is its address, such as workspaces.todo."""

    name: str
    model: type[models.Model]
    columns: tuple[str, ...]

    def rows(self, **only: Any) -> Iterator[tuple[Any, ...]]:
        found = self.model._base_manager.filter(**only).order_by("pk")
        return found.values_list(*self.columns).iterator(chunk_size=1000)

    def count(self) -> int:
        return self.model._base_manager.count()


def exported() -> dict[str, Exported]:
    """Every table of ours, also of rooms that are built later."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith(OURS):
            label = model._meta.label_lower
            columns = tuple(f.attname for f in model._meta.concrete_fields if may_leave(label, f))
            found[label] = Exported(label, model, columns)
    return dict(sorted(found.items()))


def may_leave(label: str, field: Any) -> bool:
    """Whether a column goes into exports."""
    if isinstance(field, models.BinaryField) or f"{label}.{field.name}" in KEPT_BACK:
        return False
    return not OPENS_DOORS.search(field.name)
