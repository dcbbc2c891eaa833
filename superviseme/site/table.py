"""Every setting an administrator may change: what it is, what it may be, and what holds until somebody does.

`setting("silence_days")` (values.py) reads one. Where `env` names a variable of the environment, that one wins when it
is set, and its default is the default here.
"""

import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import texts

MEGABYTE = 1024 * 1024
LEVELS = ("bachelor", "master", "phd", "other")
STATES = (
    "proposed accepted in_progress writing in_review submitted defended completed suspended withdrawn".split()
)  # in the words of theses/states.py, which lies above; a test compares
MAY_BE_LEFT_OUT = ("proposed", "writing", "defended", "suspended")  # the way of a thesis holds together without them


@dataclass(frozen=True)
class Setting:
    """`kind`: line, text (Markdown), number, megabytes (kept as bytes), switch, choice, words (a list), some (of
    `choices`), names (key: word; an absent key has its usual name), zone, picture."""

    name: str
    kind: str
    label: str | Promise
    default: Any = ""
    about: str | Promise = ""
    env: str = ""
    least: int = 0
    most: int = 0
    choices: tuple[str, ...] = ()
    words: Mapping[str, str | Promise] = field(
        default_factory=dict
    )  # of the choices, where no room above has better ones


DAYS = {
    "0": _("Monday"),
    "1": _("Tuesday"),
    "2": _("Wednesday"),
    "3": _("Thursday"),
    "4": _("Friday"),
    "5": _("Saturday"),
    "6": _("Sunday"),
}
SIGN_UP = {
    "invited": _("Only people who are invited"),
    "approval": _("Anybody by a sign-in provider, once an administrator has approved them"),
    "domains": _("Anybody by a sign-in provider: at once with an address of the domains below, others once approved"),
}

GROUPS: dict[str, tuple[Setting, ...]] = {
    "site": (
        Setting("site_name", "line", _("Name"), env="SITE_NAME", most=60, about=_("On every page and in every mail.")),
        Setting(
            "time_zone",
            "zone",
            _("Time zone"),
            env="SITE_TIME_ZONE",
            about=_("For visitors, for people who chose none, and for what runs by the calendar."),
        ),
        Setting(
            "language",
            "choice",
            _("Language"),
            "en",
            _("Of mail to people who chose none, and of pages where the browser asks for none of ours."),
        ),
        Setting("logo", "picture", _("Logo"), about=_("Beside the name. PNG, JPEG or WebP, at most 200 kB.")),
    ),
    "theses": (
        Setting("levels_offered", "some", _("Levels offered"), list(LEVELS), choices=LEVELS),
        Setting("level_names", "names", _("Names of the levels"), {}, choices=LEVELS, most=30),
        Setting(
            "default_level",
            "choice",
            _("Level of a new topic or thesis, until another is chosen"),
            "master",
            choices=LEVELS,
        ),
        Setting(
            "states_offered",
            "some",
            _("States offered"),
            list(MAY_BE_LEFT_OUT),
            _(
                "The others are needed for the way of a thesis. A thesis that is in a state stays in it and can move on."
            ),
            choices=MAY_BE_LEFT_OUT,
        ),
        Setting("state_names", "names", _("Names of the states"), {}, choices=tuple(STATES), most=30),
    ),
    "supervision": (
        Setting(
            "silence_days",
            "number",
            _("Days of silence"),
            14,
            _("A student who has done nothing for so long is called silent."),
            least=2,
            most=180,
        ),
        Setting(
            "supervisor_cap",
            "number",
            _("Theses one supervisor should have at a time"),
            0,
            _("The report on load is set against it. 0 means no limit. Nobody is stopped by it."),
            most=500,
        ),
        Setting("weekly_report", "switch", _("Send the weekly report"), True, _("To everybody who supervises.")),
        Setting("weekly_day", "choice", _("Day of the weekly report"), "0", choices=tuple(DAYS), words=DAYS),
        Setting(
            "weekly_hour",
            "number",
            _("Hour of the weekly report"),
            9,
            _("In the time zone of the site."),
            most=23,
        ),
    ),
    "joining": (
        Setting("sign_up", "choice", _("Who may join"), env="SIGN_UP", choices=tuple(SIGN_UP), words=SIGN_UP),
        Setting(
            "sign_up_domains",
            "words",
            _("Domains"),
            env="SIGN_UP_DOMAINS",
            about=_("Separated by commas, such as unitrento.it; an address of a subdomain counts as well."),
        ),
    ),
    "keeping": (
        Setting(
            "max_upload_bytes",
            "megabytes",
            _("Largest file, in megabytes"),
            env="MAX_UPLOAD_BYTES",
            least=1,
            most=2048,
        ),
        Setting(
            "workspace_bytes",
            "megabytes",
            _("All files of one thesis or project, in megabytes"),
            0,
            _(
                "0 means no limit. What is there stays; only more is refused. Deleted files count until they go for good."
            ),
            most=1024 * 1024,
        ),
        Setting(
            "site_bytes",
            "megabytes",
            _("All files of the site, in megabytes"),
            0,
            _("0 means no limit. Each file counts once, however often it was uploaded."),
            most=1024 * 1024 * 1024,
        ),
        Setting(
            "retention_days",
            "number",
            _("Days until what was deleted goes for good"),
            30,
            _("Until then it can be restored."),
            least=1,
            most=3650,
        ),
        Setting("letters_days", "number", _("Days that sent mail is kept to be read here"), 90, least=1, most=3650),
    ),
    "pages": (
        Setting("privacy", "text", _("Privacy"), texts.PRIVACY),
        Setting("imprint", "text", _("Imprint"), texts.IMPRINT),
        Setting("accessibility", "text", _("Accessibility"), texts.ACCESSIBILITY),
    ),
}

SETTINGS: dict[str, Setting] = {one.name: one for group in GROUPS.values() for one in group}


def _bounded(one: Setting, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and one.least <= value <= one.most


def _zone_exists(name: str) -> bool:
    try:
        return zoneinfo.ZoneInfo(name).key == name
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False


FITS: dict[str, Callable[[Setting, Any], bool]] = {
    "line": lambda one, value: isinstance(value, str) and 0 < len(value) <= one.most,
    "text": lambda one, value: isinstance(value, str) and bool(value),  # nothing is what was there at first
    "number": _bounded,
    "megabytes": lambda one, value: isinstance(value, int) and _bounded(one, value // MEGABYTE),
    "switch": lambda one, value: isinstance(value, bool),
    "choice": lambda one, value: isinstance(value, str) and (not one.choices or value in one.choices),
    "words": lambda one, value: isinstance(value, list) and all(isinstance(word, str) for word in value),
    "some": lambda one, value: isinstance(value, list) and set(value) <= set(one.choices),
    "names": lambda one, value: (
        isinstance(value, dict)
        and set(value) <= set(one.choices)
        and all(isinstance(word, str) and word for word in value.values())
    ),
    "zone": lambda one, value: isinstance(value, str) and _zone_exists(value),
    "picture": lambda one, value: isinstance(value, str),
}


def fits(one: Setting, value: Any) -> bool:
    """Whether a kept value is one that this table still allows."""
    return FITS[one.kind](one, value)
