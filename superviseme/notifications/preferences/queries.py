"""Choices as their page shows them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person

from ..catalog import CATALOG, Verb
from ..categories import CATEGORIES, Category, Delivery, category_of
from ..models import IN_APP, Habits, Preference
from ..ways import Way

SHOWN = (Delivery.IMPORTANT.value, _("Yes")), (Delivery.NEVER.value, _("No"))


@dataclass(frozen=True)
class Cell:
    """One choice: a category by one way."""

    category: Category
    channel: str
    options: tuple[tuple[str, Any], ...]
    chosen: str

    @property
    def name(self) -> str:
        return f"{self.category}-{self.channel}"


def table_of(person: Person, ways: list[Way]) -> list[tuple[Category, list[Cell]]]:
    """A row a category, a cell for the app and each way that reaches the person."""
    rows = Preference.objects.filter(person=person)
    chosen = {(p.category, p.channel): p.delivery for p in rows}
    offers = [(way, way.categories()) for way in ways]
    return [(category, _cells(category, offers, chosen)) for category in CATEGORIES]


def channels_of(ways: list[Way]) -> list[tuple[str, Any]]:
    """(channel, label) of the columns."""
    return [(IN_APP, _("In the app")), *((way.channel, way.label) for way in ways)]


def habits_of(person: Person) -> Habits:
    return Habits.objects.filter(person=person).first() or Habits(person=person)


def muted_workspaces(person: Any) -> list[Any]:
    """(Seats lie above; they are reached through the person.)"""
    return list(person.seats.filter(muted=True, workspace__deleted_at=None).select_related("workspace")[:100])


def _cells(category: Category, ways: list[tuple[Way, set[str]]], chosen: dict[tuple[str, str], str]) -> list[Cell]:
    """A way that is not offered for the category leaves its cell without a choice."""
    default = Delivery.IMPORTANT.value
    cells = [Cell(category, IN_APP, SHOWN, chosen.get((category, IN_APP), default))]
    for way, offered in ways:
        options = options_of(category) if category in offered else ()
        cells.append(Cell(category, way.channel, options, chosen.get((category, way.channel), default)))
    return cells


def options_of(category: Category) -> tuple[tuple[str, Any], ...]:
    """Where everything matters, "everything at once" says nothing more; where nothing does, "what matters" is none."""
    loud = [CATALOG[verb].loud for verb in Verb if category_of(verb) == category]
    labels = dict(Delivery.choices)
    if all(loud):
        return tuple((d.value, labels[d] if d != Delivery.IMPORTANT else _("At once")) for d in _WITHOUT_ALL)
    if not any(loud):
        return tuple((d.value, labels[d] if d != Delivery.IMPORTANT else _("Never")) for d in _WITHOUT_NEVER)
    return tuple(Delivery.choices)


_WITHOUT_ALL = (Delivery.IMPORTANT, Delivery.DAILY, Delivery.NEVER)
_WITHOUT_NEVER = (Delivery.IMPORTANT, Delivery.ALL, Delivery.DAILY)
