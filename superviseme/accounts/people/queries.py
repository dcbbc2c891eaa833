"""People as administrators look for them."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from superviseme.accounts.models import EXCEPTIONS, Grant, Person
from superviseme.policy.roles import Kind, Role
from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import HOW_MANY, give, prepared
from superviseme.web.time import now

STATES = {
    "active": Q(is_active=True, erased_at=None, approved_at__isnull=False),
    "waiting": Q(is_active=True, erased_at=None, approved_at=None),
    "disabled": Q(is_active=False, erased_at=None),
    "former": Q(erased_at__isnull=False),
}
NOBODYS = {"none"}  # as a role: who holds none
ORDERS = {
    "name": ("surname", "name", "pk"),
    "newest": ("-joined_at", "-pk"),
    "seen": ("-seen_at", "-pk"),
}


def people(*, q: str = "", role: str = "", state: str = "", seen: str = "", order: str = "", after: str = "") -> Page:
    """One page of everybody; without a state, everybody who has not left."""
    asked = _everybody(role=_known(role), state=state if state in STATES else "")
    rows = _saying(asked.rows(), q, seen) if q or seen in SEEN else asked
    page = keyset_page(rows, order=ORDERS.get(order, ORDERS["name"]), after=after)
    give(page.rows, "grants", _held([person.pk for person in page.rows]).fetch(), by="person_id")
    return page


def counts(*, q: str = "", role: str = "", seen: str = "") -> dict[str, int]:
    """How many there are in each state."""
    if q or seen in SEEN:
        marks = {state: Count("pk", filter=condition) for state, condition in STATES.items()}
        return _saying(_with_role(_known(role)), q, seen).aggregate(**marks)
    return _counts(_known(role)) if _known(role) else _all_counts()


@prepared
def _everybody(*, role: str, state: str) -> QuerySet[Person]:
    rows = _with_role(role).filter(STATES.get(state, Q(erased_at=None)))
    return rows.annotate(seen_at=Coalesce("last_seen_at", "joined_at"))


def _counts(role: str) -> dict[str, int]:
    marks = {state: Count("pk", filter=condition) for state, condition in STATES.items()}
    return _with_role(role).aggregate(**marks)


def _all_counts() -> dict[str, int]:
    """Everybody is in one state, and all but a few are active: only the few are looked at."""
    found = dict(zip((*STATES, "all"), _exceptional().one(), strict=True))
    everybody, few = _everybodys_number().one(), found.pop("all")
    return {**found, "active": everybody - few + found["active"]}


@prepared
def _exceptional() -> QuerySet:
    marks = {state: Count("pk", filter=condition) for state, condition in STATES.items()}
    rows = Person.objects.filter(EXCEPTIONS).order_by().values(one=Value(1))
    return rows.annotate(**marks, all=Count("pk")).values_list(*marks, "all")


@prepared
def _everybodys_number() -> QuerySet:
    return Person.objects.order_by().values_list(HOW_MANY, flat=True)


@prepared
def _held(people: list[int]) -> QuerySet[Grant]:
    return Grant.objects.filter(person__in=people, revoked_at=None)


def people_by_number(numbers: Iterable[int]) -> dict[int, Person]:
    """Those of them that exist."""
    return {person.pk: person for person in _people(sorted(numbers)).fetch()}


@prepared
def _people(numbers: list[int]) -> QuerySet:
    return Person.objects.filter(pk__in=numbers)


def grants_of(person: Person) -> QuerySet[Grant]:
    """Every role ever held, newest first."""
    return person.grants.select_related("granted_by", "revoked_by").order_by("-granted_at", "-pk")


def seats_of(person: Any, *, kind: str = "", after: str = "") -> Page:
    """One page of the theses and projects a person has a seat in, whatever their roles, the most recently active first.

    (Seats lie above; they are reached through the person.)"""
    rows: Any = person.seats.filter(workspace__deleted_at=None)
    if kind in (Kind.THESIS, Kind.PROJECT):
        rows = rows.filter(workspace__kind=kind)
    rows = rows.select_related("workspace__thesis", "workspace__project")
    rows = rows.prefetch_related("workspace__members__person")
    return keyset_page(rows, order=("-workspace__active_at", "-pk"), after=after)


def state_of(person: Person) -> str:
    if person.erased_at:
        return "former"
    if not person.is_active:
        return "disabled"
    return "active" if person.approved_at else "waiting"


def _known(role: str) -> str:
    return role if role in Role.values or role in NOBODYS else ""


def _with_role(role: str) -> QuerySet[Person]:
    rows: QuerySet[Person] = Person.objects.all()
    if role in NOBODYS:
        return rows.exclude(Exists(Grant.objects.filter(person=OuterRef("pk"), revoked_at=None)))
    return Person.objects.with_role(Role(role)) if role else rows


def _saying(rows: QuerySet[Person], q: str, seen: str) -> QuerySet[Person]:
    for word in q.split()[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(surname__icontains=word) | Q(email__icontains=word))
    return rows.filter(SEEN[seen]()) if seen in SEEN else rows


def _seen_since(days: int) -> Q:
    return Q(last_seen_at__gte=now() - timedelta(days=days))


SEEN: dict[str, Callable[[], Q]] = {
    "week": lambda: _seen_since(7),
    "month": lambda: _seen_since(30),
    "not-month": lambda: Q(last_seen_at__isnull=False) & ~_seen_since(30),
    "not-year": lambda: Q(last_seen_at__isnull=False) & ~_seen_since(365),
    "never": lambda: Q(last_seen_at=None),
}
