"""Settings are changed a group at a time; the audit keeps what was before and after."""

import hashlib
import json
from typing import Any

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.site.models import Picture, Setting
from superviseme.site.table import GROUPS, SETTINGS, fits
from superviseme.site.values import fixed, forget, setting
from superviseme.web.answers import Stale
from superviseme.web.text import plain
from superviseme.web.time import now

from .words import fixed_words, named, shown_value


@transaction.atomic
def change_settings(*, group: str, values: dict[str, Any], by: Person, seen: str | None = None) -> list[str]:
    """Save what differs, and say which. `seen` is the version the form showed; when another saved since, Stale."""
    require(by, Action.SITE_MANAGE)
    _hold()
    if seen is not None and seen != version_of(group):
        raise Stale(group)
    changes = {name: (setting(name), value) for name, value in values.items() if setting(name) != value}
    for name, (_before, value) in changes.items():
        _write(name, value)
    if changes:
        _told(changes, group, by)
    return sorted(changes)


@transaction.atomic
def set_logo(*, data: bytes, content_type: str, by: Person) -> None:
    """Looked at by the form. The pictures before it stay: pages that are open still show them."""
    require(by, Action.SITE_MANAGE)
    digest = hashlib.sha256(data).hexdigest()
    known = {"content_type": content_type, "data": data, "added_at": now()}
    Picture.objects.get_or_create(digest=digest, defaults=known)
    change_settings(group="site", values={"logo": digest}, by=by)


@transaction.atomic
def remove_logo(*, by: Person) -> None:
    change_settings(group="site", values={"logo": ""}, by=by)


def version_of(group: str) -> str:
    """Changes whenever a value of the group does; forms carry it."""
    values = {one.name: setting(one.name) for one in GROUPS[group]}
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _hold() -> None:
    """Who saves settings does so one at a time, and begins from what is kept."""
    Setting.objects.update_or_create(name="touched", defaults={"value": True, "changed_at": now()})
    forget()


def _write(name: str, value: Any) -> None:
    if fixed(name):
        raise NotAllowed(fixed_words(SETTINGS[name]))
    if not fits(SETTINGS[name], value):
        raise ValueError(f"{name} cannot be {value!r}")
    if SETTINGS[name].kind == "text" and value == str(SETTINGS[name].default):
        value = ""  # as it was at first: in the language of who reads it
    Setting.objects.update_or_create(name=name, defaults={"value": value, "changed_at": now()})


def _told(changes: dict[str, tuple[Any, Any]], group: str, by: Person) -> None:
    forget()
    transaction.on_commit(forget)
    kept = {name: [_short(name, before), _short(name, after)] for name, (before, after) in changes.items()}
    row = Setting.objects.get(name=next(iter(changes)))
    announce(
        Verb.SETTINGS_CHANGED,
        row,
        by=by,
        title="",
        link=f"/admin/settings/{group}",
        changes=kept,
        **named({"changes": kept}),
    )


def _short(name: str, value: Any) -> str:
    return plain(shown_value(SETTINGS[name], value), 300)
