"""Which part of the site a report speaks of."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from superviseme.accounts.models import OF_A_NAME, Person
from superviseme.policy.roles import Kind, Role, Seat
from superviseme.theses.models import Topic
from superviseme.theses.states import ENDED
from superviseme.workspaces.models import Member, Workspace


@dataclass(frozen=True)
class Scope:
    """Everything, or what `of` supervises; perhaps of one level only."""

    of: Person | None = None
    level: str = ""

    def theses(self) -> Any:
        rows: Any = Workspace.objects.live().filter(kind=Kind.THESIS)
        rows = rows.with_seat(self.of, Seat.SUPERVISOR) if self.of else rows
        return rows.filter(thesis__level=self.level) if self.level else rows

    def running(self) -> Any:
        """Neither over nor frozen."""
        return self.theses().filter(frozen_at=None).exclude(thesis__state__in=ENDED)

    def topics(self) -> QuerySet[Topic]:
        rows = Topic.objects.offered_by(self.of) if self.of else Topic.objects.live()
        return rows.filter(level=self.level) if self.level else rows

    def supervisors(self) -> QuerySet[Person]:
        """Everybody with the role, or the one."""
        if self.of:
            return Person.objects.filter(pk=self.of.pk)
        return Person.objects.active().with_role(Role.SUPERVISOR).alphabetical()


def names_by_seat(theses: Any) -> dict[tuple[int, str], str]:
    """Who holds a seat, by (workspace, seat): a report reads thousands, so names are read and no whole people."""
    held = Member.objects.filter(workspace__in=theses.values("pk"))
    people = Person.objects.filter(pk__in=held.values("person")).only(*OF_A_NAME)
    names = {person.pk: person.full_name for person in people}
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for workspace, seat, person in held.order_by("seat_rank", "pk").values_list("workspace", "seat", "person"):
        found[workspace, seat].append(names[person])
    return {place: ", ".join(some) for place, some in found.items()}


@dataclass(frozen=True)
class Column:
    label: str | Promise
    kind: str = "text"  # text, number, date, moment


@dataclass(frozen=True)
class Table:
    """`links` are the addresses of the first cells; `bars` the picture above: [{label, value}]."""

    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    links: list[str] | None = None
    bars: list[dict[str, Any]] | None = None
    unit: str | Promise = ""
