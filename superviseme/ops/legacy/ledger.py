"""The book of an import: which row went where, in this run and in earlier ones, and which rooms there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db import DatabaseError, models, transaction

from superviseme.accounts.models import Person
from superviseme.policy.roles import Seat
from superviseme.theses.models import Thesis, Topic
from superviseme.workspaces.models import Workspace

from ..models import LegacyRow
from .report import Report
from .rows import Row

M = TypeVar("M", bound=models.Model)
FORMER = "former-member@predecessor.invalid"
BATCH = 500


@dataclass
class Home:
    """What a thesis or a project of the predecessor has become here."""

    workspace: Workspace | None = None
    thesis: Thesis | None = None
    topic: Topic | None = None
    author: int | None = None
    supervisors: list[int] = field(default_factory=list)
    seats: dict[int, Seat] = field(default_factory=dict)
    active: datetime | None = None

    @property
    def room(self) -> Workspace:
        """Its workspace, where there must be one."""
        if self.workspace is None:
            raise LookupError("an offer has no workspace")
        return self.workspace

    @property
    def in_charge(self) -> int | None:
        """Who could have frozen it: a supervisor, or whoever leads it."""
        return next(iter(self.supervisors), None) or self.author


class Ledger:
    def __init__(self, report: Report, moment: datetime, source: int) -> None:
        self.report = report
        self.moment = moment
        self.source = source
        self.places: dict[str, dict[int | None, tuple[str, int]]] = defaultdict(dict)
        self.homes: dict[tuple[str, int | None], Home] = {}
        self.rooms: dict[tuple[str, int | None], int] = {}  # (table, number): the workspace it lies in
        self.supervising: set[int] = set()  # numbers of users who might supervise
        self.founders: set[int] = set()  # numbers of users whose row made the person, in this run
        self.happenings: list[tuple[str, Any, datetime, int | None, dict[str, Any]]] = []
        self.texts: list[tuple[str, int, int, str]] = []  # (field of a mention, key, workspace, text)
        self._earlier: set[tuple[str, int | None]] = set()
        self._stamps: dict[tuple[str, int | None], str] = {}
        self._former: int | None = None
        self._recall()

    def _recall(self) -> None:
        """What earlier runs have imported, without what has been removed for good since."""
        keys: dict[str, set[int]] = {}
        rows = LegacyRow.objects.filter(source=self.source)
        for table, number, thing, key in rows.values_list("source_table", "source_id", "thing", "thing_id"):
            self._earlier.add((table, number))
            if thing not in keys:
                keys[thing] = set(apps.get_model(thing)._base_manager.values_list("pk", flat=True))
            if key in keys[thing]:
                self.places[table][number] = (thing, key)

    # what is known

    def new(self, rows: Iterable[Row]) -> list[Row]:
        """The rows no earlier run has imported; the others are counted as merged."""
        found = []
        for row in rows:
            if self.came_earlier(row):
                self.report.count(row.table, "merged")
            else:
                found.append(row)
        return found

    def came_earlier(self, row: Row) -> bool:
        return (row.table, row.id) in self._earlier

    def key(self, table: str, number: int | None) -> int | None:
        """Our key of a row of theirs."""
        place = self.places[table].get(number)
        return place[1] if place else None

    def person(self, number: int | None) -> int | None:
        return self.key("user_mgmt", number)

    def writer(self, row: Row, name: str = "author_id") -> int:
        """Who wrote it; one «former member» stands for everybody who is no longer there."""
        found = self.person(row.ref(name))
        if found is None:
            row.note(name, "this user is not in the file; attributed to a former member")
        return found or self.former()

    def former(self) -> int:
        if self._former is None:
            gone, _ = Person.objects.get_or_create(
                email=FORMER,
                defaults={
                    "is_active": False,
                    "erased_at": self.moment,
                    "password": "!",  # nobody can sign in
                    "joined_at": self.moment,
                    "approved_at": None,
                },
            )
            self._former = gone.pk
        return self._former

    def home(self, row: Row, kind: str) -> Home | None:
        return self.homes.get((kind, row.ref(f"{kind}_id")))

    def room(self, row: Row, kind: str) -> Home | None:
        """The home of a row that needs a workspace; without one the row is refused."""
        home = self.home(row, kind)
        if home is None:
            row.refuse(f"its {kind} is not in the file or was refused")
            return None
        if home.workspace is None:
            row.refuse("its thesis is only a topic here, which has no workspace")
            return None
        return home

    # what is written

    def keep(self, pairs: list[tuple[Row, M]]) -> list[tuple[Row, M]]:
        """Save what the rows have become. A row the database refuses is refused alone. Returns the saved ones."""
        try:
            with transaction.atomic():
                self.add([thing for _, thing in pairs])
            saved = pairs
        except (DatabaseError, ValueError, OverflowError):
            saved = _one_by_one(pairs)
        for row, thing in saved:
            self.report.count(row.table, "imported")
            self._place(row, thing._meta.label_lower, thing.pk)
        return saved

    def add(self, things: list[M]) -> None:
        """Save things that no single row stands for."""
        if things:
            type(things[0])._default_manager.bulk_create(things, batch_size=BATCH)

    def merge(self, row: Row, thing: str, key: int, reason: str) -> None:
        """This row says what another has said already, which is `key`."""
        self.report.count(row.table, "merged")
        row.note("", reason)
        self._place(row, thing, key)

    def _place(self, row: Row, thing: str, key: int) -> None:
        self.places[row.table][row.id] = (thing, key)
        self._stamps[(row.table, row.id)] = stamp_of(row)

    def write(self) -> None:
        """Remember where every row went, for the next run."""
        LegacyRow.objects.bulk_create(
            (
                LegacyRow(
                    source=self.source,
                    source_table=table,
                    source_id=number,
                    thing=thing,
                    thing_id=key,
                    stamp=self._stamps[(table, number)],
                    imported_at=self.moment,
                )
                for table, places in self.places.items()
                for number, (thing, key) in places.items()
                if number is not None and (table, number) not in self._earlier
            ),
            batch_size=BATCH,
        )

    def happened(self, verb: str, thing: Any, at: datetime, by: int | None, **data: Any) -> None:
        """For the history and the search."""
        self.happenings.append((verb, thing, at, by, data))

    def lies_in(self, row: Row, home: Home) -> None:
        self.rooms[(row.table, row.id)] = home.room.pk

    def next_number(self, home: Home, counter: str) -> int:
        number = getattr(home.workspace, counter) + 1
        setattr(home.workspace, counter, number)
        return number

    def stirred(self, home: Home, at: datetime) -> None:
        """Something was done in this workspace."""
        home.active = max(home.active or at, min(at, self.moment))


def stamp_of(row: Row) -> str:
    """When the row of a user was made, word for word."""
    return row.line("joined_on", 40) if row.table == "user_mgmt" else ""


def _one_by_one(pairs: list[tuple[Row, M]]) -> list[tuple[Row, M]]:
    saved = []
    for row, thing in pairs:
        thing.pk, thing._state.adding = None, True
        try:
            with transaction.atomic():
                thing.save(force_insert=True)
            saved.append((row, thing))
        except (DatabaseError, ValueError, OverflowError) as refused:
            row.refuse(f"the database does not take it ({type(refused).__name__})")
    return saved
