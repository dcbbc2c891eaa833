"""Counts of theses: by state, by level, by supervisor, and how long they stay in a state."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from statistics import mean, median
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.roles import Seat
from superviseme.site.values import setting
from superviseme.theses.levels import level_choices
from superviseme.theses.models import StateChange, Thesis
from superviseme.theses.states import ENDED, State, is_offered, label_of
from superviseme.web.alphabet import filed
from superviseme.web.time import now
from superviseme.workspaces.models import Member

from .scope import Column, Scope, Table

A_DAY = 86_400


def by_state(scope: Scope) -> Table:
    found = Counter(dict(scope.theses().values_list("thesis__state").annotate(n=Count("pk")).order_by()))
    return _counted(_("State"), [(label_of(s), found[s]) for s in State.values if found[s] or is_offered(s)])


def by_level(scope: Scope) -> Table:
    found = Counter(dict(scope.theses().values_list("thesis__level").annotate(n=Count("pk")).order_by()))
    return _counted(_("Level"), [(words, found[level]) for level, words in level_choices()])


def load(scope: Scope) -> Table:
    """Running theses of each supervisor, against the number that the site thinks right."""
    people = list(scope.supervisors())
    running = _per_person(scope.running())
    ended = _per_person(scope.theses().filter(thesis__state__in=ENDED))
    people.sort(key=lambda p: (-running[p.pk], filed(p.surname), filed(p.name), p.pk))
    cap = setting("supervisor_cap")
    columns = [Column(_("Supervisor")), Column(_("Running"), "number"), Column(_("Over"), "number")]
    if cap:
        columns += [Column(_("Limit"), "number"), Column(_("More than that"), "number")]
    rows = []
    for person in people:
        row: tuple[Any, ...] = (person.full_name, running[person.pk], ended[person.pk])
        rows.append((*row, cap, max(running[person.pk] - cap, 0)) if cap else row)
    return Table(
        tuple(columns),
        rows,
        bars=[{"label": row[0], "value": row[1], "much": bool(cap and row[1] > cap)} for row in rows],
        links=[f"{reverse('all_theses')}?supervisor={p.pk}&which=current" for p in people] if not scope.of else None,
        unit=_("running theses"),
    )


def time_in_state(scope: Scope) -> Table:
    """How long stays took that are over, and how long those last that are not."""
    stays = _finished_stays(scope)
    present: dict[str, list[float]] = defaultdict(list)
    for state, since in Thesis.objects.filter(workspace__in=scope.theses()).values_list("state", "state_since"):
        present[state].append((now() - since).total_seconds() / A_DAY)
    rows = []
    for state in State.values:
        if stays[state] or (present[state] and state not in ENDED):
            rows.append((label_of(state), len(stays[state]), *_typical(stays[state]), *_now(state, present[state])))
    columns = (
        Column(_("State")),
        Column(_("Stays that ended"), "number"),
        Column(_("Days, median"), "number"),
        Column(_("Days, mean"), "number"),
        Column(_("Days, longest"), "number"),
        Column(_("In it now"), "number"),
        Column(_("Longest now, days"), "number"),
    )
    bars = [{"label": row[0], "value": row[2]} for row in rows if row[2] is not None]
    return Table(columns, rows, bars=bars, unit=_("days, median"))


def _counted(what: str, rows: list[tuple[str, int]]) -> Table:
    total = sum(count for _label, count in rows) or 1
    shared: list[tuple[Any, ...]] = [(label, count, round(100 * count / total)) for label, count in rows]
    bars = [{"label": label, "value": count} for label, count in rows]
    columns = (Column(what), Column(_("Theses"), "number"), Column(_("Per cent"), "number"))
    return Table(columns, shared, bars=bars, unit=_("theses"))


def _per_person(theses: Any) -> Counter[int]:
    held = Member.objects.filter(seat=Seat.SUPERVISOR, workspace__in=theses)
    return Counter(dict(held.values_list("person").annotate(n=Count("pk")).order_by()))


def _finished_stays(scope: Scope) -> dict[str, list[float]]:
    stays: dict[str, list[float]] = defaultdict(list)
    changes = StateChange.objects.filter(thesis__workspace__in=scope.theses()).order_by("thesis", "at", "pk")
    before: tuple[int, str, Any] | None = None
    for thesis, target, at in changes.values_list("thesis", "target", "at").iterator(chunk_size=2000):
        if before and before[0] == thesis:
            stays[before[1]].append((at - before[2]).total_seconds() / A_DAY)
        before = (thesis, target, at)
    return stays


def _typical(days: Iterable[float]) -> tuple[float | None, ...]:
    found = list(days)
    return tuple(round(f(found), 1) for f in (median, mean, max)) if found else (None, None, None)


def _now(state: str, days: list[float]) -> tuple[int | None, float | None]:
    """Being over is no waiting."""
    return (len(days), None if state in ENDED or not days else round(max(days), 1))
