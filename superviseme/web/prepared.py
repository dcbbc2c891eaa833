"""Queries that are written once and asked often. See docs/decisions/speed.md.

Django writes a query anew each time it is asked, which takes some five times as long as the database needs to answer it.
A prepared query is a function that builds a queryset. It is called once per shape, with stand-ins for the values; from
then on the values are put in and the database is asked:

    @prepared
    def unread(person: Any) -> QuerySet:
        return Notice.objects.filter(recipient=person, read_at=None)

    unread(request.user).fetch()

Values are positional: numbers, texts, days, moments, rows of a model, lists of numbers. They may only be compared with
columns, never looked at, since the function sees a stand-in. What decides how the query is built is given by keyword and
belongs to its shape, as do the roles of a person, so that `visible_to` builds what it always builds.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import update_wrapper
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import IntegerField, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL
from django.http import Http404

from . import standins
from .time import nobody_asks

MOST_SHAPES = 200
HOW_MANY = RawSQL("COUNT(*)", (), output_field=IntegerField())  # noqa: S611 - our own words
"""For `values_list(HOW_MANY, flat=True)` of an unordered queryset: its `count()`."""
Build = Callable[..., QuerySet]


class Prepared:
    """Made by `prepared`."""

    def __init__(self, build: Build):
        self.build = build
        self.ready: dict[Hashable, _Ready] = {}
        update_wrapper(self, build)

    def __call__(self, *values: Any, **shape: Hashable) -> "Asked":
        return Asked(self, values, shape)


def prepared(build: Build) -> Prepared:
    return Prepared(build)


@dataclass(frozen=True)
class Asked:
    """A prepared query with its values. `rows()` is the plain queryset of the same."""

    query: Prepared
    values: tuple[Any, ...]
    shape: dict[str, Hashable]

    def rows(self) -> QuerySet:
        return self.query.build(*self.values, **self.shape)

    def fetch(self, *, order: tuple[str, ...] = (), most: int | None = None) -> list[Any]:
        """All rows, or the first `most` of them by `order`."""
        if any(standins.no_column_holds(value) for value in self.values):
            return []
        ready = self._ready(order, most) if all(map(standins.possible, self.values)) else None
        return list(_cut(self.rows(), order, most)) if ready is None else ready.fetch(self.values)

    def one(self) -> Any:
        """The first row, or None."""
        return next(iter(self.fetch()), None)

    def one_or_404(self) -> Any:
        for row in self.fetch():
            return row
        raise Http404

    def _ready(self, order: tuple[str, ...], most: int | None) -> "_Ready | None":
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        key = (vendor, order, most, *self.shape.items(), *map(standins.shape_of, self.values))
        known = self.query.ready
        if key not in known and len(known) < MOST_SHAPES:
            known[key] = self._prepare(order, most)
        return known.get(key)

    def _prepare(self, order: tuple[str, ...], most: int | None) -> "_Ready":
        doubles = standins.Doubles(self.values)
        with nobody_asks(f"{self.query.build.__name__} is written once; give it the moment as a value"):
            rows = _cut(self.query.build(*doubles.values, **self.shape), order, most)
            try:
                compiler = rows.query.get_compiler(using=rows.db)
                sql, params = compiler.as_sql()
            except EmptyResultSet:
                return _Ready(rows, None, "", [])
        return _Ready(rows, compiler, sql, doubles.places_in(params, compiler.connection.ops))


def _cut(rows: QuerySet, order: tuple[str, ...], most: int | None) -> QuerySet:
    rows = rows.order_by(*order) if order else rows
    return rows if most is None else rows[:most]


class _Ready:
    """SQL with places for values, and what Django worked out about making rows of the answer."""

    def __init__(self, rows: QuerySet, compiler: Any, sql: str, params: list[standins.Place]):
        self.rows, self.compiler, self.sql, self.params = rows, compiler, sql, params
        if compiler is not None:
            columns = [s[0] for s in compiler.select[: compiler.col_count]]
            self.converters = compiler.get_converters(columns)
            self.is_composite = compiler.has_composite_fields(columns)
            self.iterable: Any = rows._iterable_class  # type: ignore[attr-defined]  # as QuerySet reads it
            self.further = rows._prefetch_related_lookups  # type: ignore[attr-defined]  # as above

    def fetch(self, values: tuple[Any, ...]) -> list[Any]:
        if self.compiler is None:
            return []
        connection = connections[self.rows.db]
        bound = tuple(place.filled(values, connection.ops) for place in self.params)
        source = _Source(self.rows, self._asking(bound, connection))
        found = list(self.iterable(source))
        if self.further:
            prefetch_related_objects(found, *self.further)
        return found

    def _asking(self, bound: tuple[Any, ...], connection: Any) -> Any:
        """The compiler once more, for this thread's connection, with everything worked out."""
        asking = self.compiler.__class__.__new__(self.compiler.__class__)
        asking.__dict__.update(self.compiler.__dict__)
        asking.connection = connection
        asking.as_sql = lambda *a, **k: (self.sql, bound)
        asking.get_converters = lambda columns: self.converters
        asking.has_composite_fields = lambda columns: self.is_composite
        return asking


class _Source:
    """What Django's row makers read of a queryset."""

    def __init__(self, rows: Any, compiler: Any):
        self.db, self.model, self._fields = rows.db, rows.model, rows._fields
        self._known_related_objects: dict[Any, Any] = {}
        self.query = _Query(rows.query, compiler)


class _Query:
    def __init__(self, query: Any, compiler: Any):
        self._query, self._compiler = query, compiler

    def get_compiler(self, using: str | None = None, **more: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)


def give(owners: list[Any], name: str, rows: list[Any], *, by: str) -> None:
    """Hang fetched rows on their owners, as `prefetch_related(name)` would; `by` names their key to the owner."""
    of: dict[Any, list[Any]] = {owner.pk: [] for owner in owners}
    for row in rows:
        of[getattr(row, by)].append(row)
    for owner in owners:
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = Given(owner, name, of[owner.pk])


class Given(QuerySet):
    """Rows that are there already. Whoever asks for other than all of them asks the database anew, of this owner only."""

    def __init__(self, owner: Any, name: str, rows: list[Any]):
        manager = type(owner)._meta.get_field(name).related_model._default_manager
        super().__init__(model=manager.model, using=owner._state.db)
        self._owner, self._name, self._result_cache = owner, name, rows

    def _chain(self) -> Any:
        manager = getattr(self._owner, self._name)
        return manager._apply_rel_filters(self.model._default_manager.all())
