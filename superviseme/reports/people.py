"""Who waits for whom: answers to updates, and students who have done nothing for long."""

import datetime as dt
from collections import defaultdict
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from superviseme.activity.silence.queries import quiet_of, with_signs
from superviseme.policy.roles import Seat
from superviseme.theses.states import WORKING, label_of
from superviseme.web.time import now
from superviseme.workspaces.models import Member, Update
from superviseme.workspaces.updates.queries import answers

from .scope import Column, Scope, Table, names_by_seat

LOOKED_BACK, WEEK = dt.timedelta(days=180), dt.timedelta(days=7)


def response(scope: Scope) -> Table:
    """Updates of students in the last half year: how soon a supervisor said something under them."""
    times: dict[int, list[float]] = defaultdict(list)
    waiting: dict[int, int] = defaultdict(int)
    early: dict[int, int] = defaultdict(int)  # not answered and not a week old: nobody knows yet
    week_ago = now() - WEEK
    supervisors = _supervisors_of(scope)
    for workspace, asked, answered in _updates(scope):
        for number in supervisors[workspace]:
            if answered:
                times[number].append((answered - asked).total_seconds() / 3600)
            else:
                waiting[number] += 1
                early[number] += asked > week_ago
    rows: list[tuple[Any, ...]] = []
    for person in scope.supervisors():
        hours, open_ = times[person.pk], waiting[person.pk]
        if hours or open_:
            typical = round(median(hours) / 24, 1) if hours else None
            known = len(hours) + open_ - early[person.pk]
            within = round(100 * sum(h <= 7 * 24 for h in hours) / known) if known else None
            rows.append((person.full_name, len(hours) + open_, len(hours), open_, typical, within))
    rows.sort(key=lambda row: -(row[4] or 0))
    columns = (
        Column(_("Supervisor")),
        Column(_("Updates"), "number"),
        Column(_("Answered"), "number"),
        Column(_("Not answered"), "number"),
        Column(_("Median days"), "number"),
        Column(_("Within a week, per cent"), "number"),
    )
    bars = [{"label": row[0], "value": row[4]} for row in rows if row[4] is not None]
    return Table(columns, rows, bars=bars, unit=_("days, median"))


def silent(scope: Scope) -> Table:
    """Students of whom nothing was heard for longer than agreed, as the desks and the Monday report have it."""
    working = scope.running().filter(thesis__state__in=WORKING)
    names = names_by_seat(working)
    found = []
    for workspace in with_signs(working).select_related("thesis").only("title", "created_at", "thesis__state"):
        quiet = quiet_of(workspace, watched=(workspace.pk, Seat.AUTHOR) in names)
        if quiet.is_silent:
            found.append((quiet, workspace))
    rows, links = [], []
    for quiet, workspace in sorted(found, key=lambda pair: (pair[0].since, pair[1].pk)):
        student, supervisors = (names.get((workspace.pk, seat), "") for seat in (Seat.AUTHOR, Seat.SUPERVISOR))
        state = label_of(workspace.thesis.state)
        rows.append((student, workspace.title, state, quiet.last, quiet.days, quiet.rhythm, supervisors))
        links.append(workspace.get_absolute_url())
    columns = (
        Column(_("Student")),
        Column(_("Thesis")),
        Column(_("State")),
        Column(_("Nothing since"), "moment"),
        Column(_("Days counted"), "number"),
        Column(_("Days agreed"), "number"),
        Column(_("Supervisors")),
    )
    return Table(columns, rows, links=links)


def _updates(scope: Scope) -> Any:
    author = Member.objects.filter(workspace=OuterRef("workspace"), person=OuterRef("created_by"), seat=Seat.AUTHOR)
    rows = Update.objects.filter(
        Exists(author), workspace__in=scope.theses(), deleted_at=None, created_at__gte=now() - LOOKED_BACK
    )
    first = Subquery(answers().order_by("created_at").values("created_at")[:1])
    return rows.annotate(answered=first).values_list("workspace", "created_at", "answered")


def _supervisors_of(scope: Scope) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    held = Member.objects.filter(seat=Seat.SUPERVISOR, workspace__in=scope.theses())
    for workspace, person in held.values_list("workspace", "person"):
        found[workspace].append(person)
    return found
