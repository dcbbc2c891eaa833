"""Words for groups, choices and values, some of which rooms above the table know better."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from superviseme.site.table import MEGABYTE, SETTINGS, Setting
from superviseme.theses.levels import Level
from superviseme.theses.states import State

GROUP_WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "site": (gettext_lazy("The site"), gettext_lazy("How it is called and looks, and which time it keeps.")),
    "theses": (
        gettext_lazy("Theses"),
        gettext_lazy("Levels and states: what is offered, and how it is called here. An empty name is the usual one."),
    ),
    "supervision": (gettext_lazy("Supervision"), gettext_lazy("When somebody is silent, how many are too many.")),
    "joining": (gettext_lazy("Joining"), gettext_lazy("Who may make an account, and who waits for approval.")),
    "keeping": (gettext_lazy("Files and keeping"), gettext_lazy("How large a file may be, and how long things stay.")),
    "pages": (
        gettext_lazy("Pages"),
        gettext_lazy("What stands behind the links at the foot of every page. An emptied page is as it was at first."),
    ),
}


def usual_word(one: Setting, key: str) -> str:
    """The word for a choice, before anybody renamed it."""
    if one.name in ("levels_offered", "level_names", "default_level"):
        return str(Level(key).label)
    if one.name in ("states_offered", "state_names"):
        return str(State(key).label)
    if one.name == "language":
        return str(dict(settings.LANGUAGES).get(key, key))
    return str(one.words.get(key, key))


def shown_value(one: Setting, value: Any) -> str:
    """A value in words, for the audit."""
    if one.kind == "switch":
        return _("yes") if value else _("no")
    if one.kind == "megabytes":
        return f"{value // MEGABYTE} MB"
    if one.kind == "names":
        return ", ".join(f"{usual_word(one, key)} → {word}" for key, word in value.items())
    if one.kind == "some":
        return ", ".join(usual_word(one, key) for key in value)
    if one.kind == "words":
        return ", ".join(value)
    return usual_word(one, str(value)) if one.kind == "choice" else str(value)


def fixed_words(one: Setting) -> str:
    return _("Set by the environment (%(name)s), so it is changed there and not here.") % {"name": one.env}


def named(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was changed, for the sentence of the event."""
    known = [name for name in data.get("changes", ()) if name in SETTINGS]
    return {"names": ", ".join(str(SETTINGS[name].label) for name in known)} if known else {}
