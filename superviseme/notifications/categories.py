"""What people choose by: every event belongs to one category, and a category is told by each way out as they like it."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Delivery(models.TextChoices):
    """How a category leaves the house. `IMPORTANT` is the default: what the catalogue calls loud."""

    NEVER = "never", _("Never")
    IMPORTANT = "important", _("What matters")
    ALL = "all", _("Everything")
    DAILY = "daily", _("Once a day")


class Category(StrEnum):
    TALK = "talk"
    TASKS = "tasks"
    DAYS = "days"
    MEETINGS = "meetings"
    FILES = "files"
    COURSE = "course"
    TOPICS = "topics"
    SILENCE = "silence"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Kind:
    """`verbs` are whole verbs or the nouns they begin with; `act` is the word on the button of a mail."""

    label: str | Promise
    about: str | Promise
    act: str | Promise
    verbs: tuple[str, ...]


C = Category
CATEGORIES: dict[Category, Kind] = {
    C.TALK: Kind(
        _("Updates, feedback and comments"),
        _("What is written in your theses and projects."),
        _("Read and answer"),
        ("update", "feedback", "comment", "mention"),
    ),
    C.TASKS: Kind(
        _("To-dos, goals and milestones"),
        _("Given to you, done, changed."),
        _("Open"),
        ("todo", "goal", "milestone"),
    ),
    C.DAYS: Kind(
        _("Days that come near or have passed"),
        _("To-dos and milestones due within three days, overdue or missed."),
        _("See what is due"),
        ("todo.due", "todo.overdue", "milestone.due", "milestone.missed"),
    ),
    C.MEETINGS: Kind(
        _("Meetings"),
        _(
            "Planned, changed, cancelled, a record to confirm. By mail what changes your calendar comes at once, with an "
            "entry for it, also where the rest comes once a day."
        ),
        _("Open the meeting"),
        ("meeting",),
    ),
    C.FILES: Kind(_("Files"), _("New files and new versions."), _("Open the file"), ("file",)),
    C.COURSE: Kind(
        _("The course of a thesis or project"),
        _("State, people, publications, freezing, hand-in, defence and grade."),
        _("Open"),
        ("workspace", "person", "thesis", "project", "supervision", "publication"),
    ),
    C.TOPICS: Kind(
        _("Topics and requests"), _("Who asks for a topic, and what became of it."), _("Open"), ("topic", "interest")
    ),
    C.SILENCE: Kind(
        _("Silence"),
        _("When nothing was heard for longer than agreed: first to who writes, then to who supervises."),
        _("Open the thesis"),
        ("silence", "rhythm", "absence"),
    ),
    C.ACCOUNT: Kind(
        _("Accounts and roles"),
        _("Roles given or taken back; for administrators, who joined and who waits."),
        _("Open"),
        ("account", "role", "outbox", "data", "notice", "telegram"),
    ),
}

_BY_VERB = {verb: category for category, kind in CATEGORIES.items() for verb in kind.verbs}


def category_of(verb: str) -> Category:
    """The whole verb's, else its noun's; what nobody placed belongs to the account."""
    return _BY_VERB.get(verb) or _BY_VERB.get(verb.partition(".")[0]) or C.ACCOUNT
