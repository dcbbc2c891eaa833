"""Keeping the index: `announce` calls `reindex` for every thing that says what it is searched by."""

from typing import Any

from superviseme.web.time import now

from .models import SearchEntry


def reindex(thing: Any) -> None:
    """Write or remove the entry of a thing with a `search_entry()` -> dict (title, body, link, workspace_number,
    public) or None when it is not to be found."""
    entry = getattr(thing, "search_entry", None)
    if entry is None:
        return
    key = {"thing": thing._meta.label_lower, "thing_id": thing.pk}
    words = entry()
    if words is None:
        SearchEntry.objects.filter(**key).delete()
    else:
        SearchEntry.objects.update_or_create(
            **key, defaults={**words, "title": words["title"][:300], "changed_at": now()}
        )
