"""What comes: deadlines; and what is asked for: topics."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from superviseme.policy.roles import Seat
from superviseme.theses.models import InterestState
from superviseme.theses.states import SUBMITTABLE, State
from superviseme.web.time import today
from superviseme.workspaces.models import Milestone

from .scope import Column, Scope, Table

AHEAD = dt.timedelta(days=60)


def deadlines(scope: Scope) -> Table:
    """Milestones, hand-ins and defences of running theses in the next sixty days, and what is overdue."""
    until = today() + AHEAD
    found = [*_milestones(scope, until), *_of_theses(scope, until)]
    found.sort(key=lambda one: (one[0], one[2].title, one[2].pk))
    rows = [(w.title, _authors(w), what, day, (day - today()).days) for day, what, w in found]
    columns = (
        Column(_("Thesis")),
        Column(_("Student")),
        Column(_("What")),
        Column(_("Day"), "date"),
        Column(_("Days left"), "number"),
    )
    return Table(
        columns, rows, links=[w.get_absolute_url() for _day, _what, w in found], bars=_weeks(found), unit=_("deadlines")
    )


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


def _milestones(scope: Scope, until: dt.date) -> Any:
    theses = {w.pk: w for w in scope.running().with_people()}
    due = Milestone.objects.filter(workspace__in=scope.running(), deleted_at=None, reached_at=None, due_on__lte=until)
    for one in due.order_by("due_on", "pk"):
        if one.workspace_id in theses:
            yield one.due_on, one.title, theses[one.workspace_id]


def _of_theses(scope: Scope, until: dt.date) -> Any:
    for workspace in scope.running().select_related("thesis").with_people():
        thesis = workspace.thesis
        if thesis.submit_by and thesis.submit_by <= until and thesis.state in (State.ACCEPTED, *SUBMITTABLE):
            yield thesis.submit_by, _("Hand-in"), workspace
        if thesis.defence_at and thesis.state == State.SUBMITTED:
            day = timezone.localdate(thesis.defence_at)
            if day <= until:
                yield day, _("Defence"), workspace


def _authors(workspace: Any) -> str:
    return ", ".join(m.person.full_name for m in workspace.members.all() if m.seat == Seat.AUTHOR)


def _weeks(found: list[Any]) -> list[dict[str, Any]]:
    """Overdue, and then week by week."""
    late = sum(day < today() for day, _what, _w in found)
    bars: list[dict[str, Any]] = [{"label": _("overdue"), "value": late, "much": True}] if late else []
    for week in range(9):
        begin = today() + dt.timedelta(weeks=week)
        count = sum(begin <= day < begin + dt.timedelta(weeks=1) for day, _what, _w in found)
        label = _("this week") if week == 0 else _("in %(n)s weeks") % {"n": week} if week > 1 else _("in a week")
        bars.append({"label": label, "value": count})
    return bars
