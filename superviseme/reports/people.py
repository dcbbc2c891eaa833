"""Who waits for whom: answers to updates, and students who have done nothing for long."""

import datetime as dt
from collections import defaultdict
from statistics import median
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.policy.roles import Seat
from superviseme.site.values import setting
from superviseme.theses.states import State, label_of
from superviseme.web.time import now
from superviseme.workspaces.models import Comment, Member, Update

from .scope import Column, Scope, Table

LOOKED_BACK = dt.timedelta(days=180)
PAUSED = (State.SUSPENDED, State.SUBMITTED, State.DEFENDED)


def response(scope: Scope) -> Table:
    """Updates of students in the last half year: how soon a supervisor said something under them."""
    times: dict[int, list[float]] = defaultdict(list)
    waiting: dict[int, int] = defaultdict(int)
    supervisors = _supervisors_of(scope)
    for workspace, asked, answered in _updates(scope):
        for number in supervisors[workspace]:
            if answered:
                times[number].append((answered - asked).total_seconds() / 3600)
            else:
                waiting[number] += 1
    rows: list[tuple[Any, ...]] = []
    for person in scope.supervisors():
        hours, open_ = times[person.pk], waiting[person.pk]
        if hours or open_:
            typical = round(median(hours) / 24, 1) if hours else None
            within = round(100 * sum(h <= 7 * 24 for h in hours) / (len(hours) + open_))
            rows.append((person.full_name, len(hours) + open_, len(hours), open_, typical, within))
    rows.sort(key=lambda row: (-(row[4] or 0), row[0]))
    columns = (
        Column(_("Supervisor")),
        Column(_("Updates"), "number"),
        Column(_("Answered"), "number"),
        Column(_("Not answered"), "number"),
        Column(_("Median days"), "number"),
        Column(_("% within a week"), "number"),
    )
    bars = [{"label": row[0], "value": row[4]} for row in rows if row[4] is not None]
    return Table(columns, rows, bars=bars, unit=_("days, median"))


def silent(scope: Scope) -> Table:
    """Students with a thesis under way who have done nothing for longer than the site thinks right."""
    edge = now() - dt.timedelta(days=setting("silence_days"))
    theses = scope.running().exclude(thesis__state__in=PAUSED).select_related("thesis").with_people()
    theses = theses.annotate(quiet_since=Coalesce(_last_act(), "created_at")).filter(quiet_since__lt=edge)
    rows, links = [], []
    for workspace in theses.order_by("quiet_since", "pk"):
        people = list(workspace.members.all())
        names = [
            ", ".join(m.person.full_name for m in people if m.seat == seat) for seat in (Seat.AUTHOR, Seat.SUPERVISOR)
        ]
        days = (now() - workspace.quiet_since).days
        state = label_of(workspace.thesis.state)
        rows.append((names[0] or _("Nobody"), workspace.title, state, workspace.quiet_since, days, names[1]))
        links.append(workspace.get_absolute_url())
    columns = (
        Column(_("Student")),
        Column(_("Thesis")),
        Column(_("State")),
        Column(_("Nothing since"), "moment"),
        Column(_("Days"), "number"),
        Column(_("Supervisors")),
    )
    return Table(columns, rows, links=links)


def _updates(scope: Scope) -> Any:
    author = Member.objects.filter(workspace=OuterRef("workspace"), person=OuterRef("created_by"), seat=Seat.AUTHOR)
    leads = Member.objects.filter(workspace=OuterRef("workspace"), seat=Seat.SUPERVISOR).values("person")
    answers = Comment.objects.filter(update=OuterRef("pk"), deleted_at=None, created_by__in=leads)
    rows = Update.objects.filter(
        Exists(author), workspace__in=scope.theses(), deleted_at=None, created_at__gte=now() - LOOKED_BACK
    )
    first = Subquery(answers.order_by("created_at").values("created_at")[:1])
    return rows.annotate(answered=first).values_list("workspace", "created_at", "answered")


def _supervisors_of(scope: Scope) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    held = Member.objects.filter(seat=Seat.SUPERVISOR, workspace__in=scope.theses())
    for workspace, person in held.values_list("workspace", "person"):
        found[workspace].append(person)
    return found


def _last_act() -> Subquery:
    authors = Member.objects.filter(workspace=OuterRef("workspace_number"), seat=Seat.AUTHOR).values("person")
    acts = Event.objects.filter(~Q(verb=Verb.WORKSPACE_OVERSEEN), workspace_number=OuterRef("pk"), actor__in=authors)
    return Subquery(acts.order_by().values("workspace_number").annotate(last=Max("at")).values("last"))
