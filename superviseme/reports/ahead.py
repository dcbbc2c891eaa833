"""What comes: deadlines; and what is asked for: topics."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from superviseme.policy.roles import Seat
from superviseme.theses.models import InterestState
from superviseme.theses.states import SUBMITTABLE, State
from superviseme.web.addresses import reverse
from superviseme.web.time import today
from superviseme.workspaces.models import Milestone

from .scope import Column, Scope, Table, names_by_seat

AHEAD = dt.timedelta(days=60)


class Due(NamedTuple):
    day: dt.date
    title: str  # of the thesis
    pk: int
    what: str


def deadlines(scope: Scope) -> Table:
    """Milestones, hand-ins and defences of running theses in the next sixty days, and what is overdue."""
    until = today() + AHEAD
    found = sorted(
        [*_milestones(scope, until), *_of_theses(scope, until)], key=lambda one: (one.day, one.title, one.pk)
    )
    names = names_by_seat(scope.running())
    rows = [
        (one.title, names.get((one.pk, Seat.AUTHOR), ""), one.what, one.day, (one.day - today()).days) for one in found
    ]
    columns = (
        Column(_("Thesis")),
        Column(_("Student")),
        Column(_("What")),
        Column(_("Day"), "date"),
        Column(_("Days left"), "number"),
    )
    links = [reverse("workspace", args=[one.pk]) for one in found]
    return Table(columns, rows, links=links, bars=_weeks([one.day for one in found]), unit=_("deadlines"))


def interests(scope: Scope) -> Table:
    """How often each topic was asked for, and what became of it."""

    def asked(*states: InterestState) -> Count:
        return Count("interests", filter=Q(interests__state__in=states))

    topics = scope.topics().annotate(
        all=Count("interests"),
        waiting=asked(InterestState.PENDING),
        accepted=asked(InterestState.ACCEPTED),
        declined=asked(InterestState.DECLINED, InterestState.CLOSED),
        withdrawn=asked(InterestState.WITHDRAWN),
    )
    found: list[Any] = list(topics.order_by("-all", "title", "pk"))
    rows = [
        (t.title, t.get_state_display(), t.capacity, t.taken, t.all, t.waiting, t.accepted, t.declined, t.withdrawn)
        for t in found
    ]
    counted = (
        _("Places"),
        _("Taken"),
        _("Requests"),
        _("Waiting"),
        _("Accepted"),
        _("Declined or closed"),
        _("Withdrawn"),
    )
    columns = (Column(_("Topic")), Column(_("State")), *(Column(label, "number") for label in counted))
    bars = [{"label": t.title, "value": t.all} for t in found[:20] if t.all]
    return Table(columns, rows, links=[t.get_absolute_url() for t in found], bars=bars, unit=_("requests"))


def _milestones(scope: Scope, until: dt.date) -> Iterator[Due]:
    due = Milestone.objects.filter(workspace__in=scope.running(), deleted_at=None, reached_at=None, due_on__lte=until)
    for values in due.order_by("pk").values_list("due_on", "workspace__title", "workspace", "title"):
        yield Due(*values)


def _of_theses(scope: Scope, until: dt.date) -> Iterator[Due]:
    dated = Q(thesis__submit_by__isnull=False) | Q(thesis__defence_at__isnull=False)
    of_thesis = ("thesis__submit_by", "thesis__defence_at", "thesis__state")
    for pk, title, submit_by, defence_at, state in scope.running().filter(dated).values_list("pk", "title", *of_thesis):
        if submit_by and submit_by <= until and state in (State.ACCEPTED, *SUBMITTABLE):
            yield Due(submit_by, title, pk, _("Hand-in"))
        if defence_at and state == State.SUBMITTED:
            day = timezone.localdate(defence_at)
            if day <= until:
                yield Due(day, title, pk, _("Defence"))


def _weeks(days: list[dt.date]) -> list[dict[str, Any]]:
    """Overdue, and then week by week."""
    late = sum(day < today() for day in days)
    bars: list[dict[str, Any]] = [{"label": _("overdue"), "value": late, "much": True}] if late else []
    for week in range(9):
        begin = today() + dt.timedelta(weeks=week)
        count = sum(begin <= day < begin + dt.timedelta(weeks=1) for day in days)
        label = _("this week") if week == 0 else _("in %(n)s weeks") % {"n": week} if week > 1 else _("in a week")
        bars.append({"label": label, "value": count})
    return bars
