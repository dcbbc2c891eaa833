"""How long nothing was heard. Activity is what who writes does; merely opening a page is `last_seen_at`, shown apart."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, DateTimeField, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.policy.roles import Kind, Seat
from superviseme.site.values import setting
from superviseme.theses.states import WORKING
from superviseme.web.dates import date
from superviseme.web.time import now, site_zone, today
from superviseme.workspaces.models import Member

from .models import Absence, Rhythm

V = Verb
ACTS = frozenset(
    {V.UPDATE_POSTED, V.UPDATE_EDITED, V.FEEDBACK_GIVEN, V.COMMENT_POSTED, V.COMMENT_EDITED}
    | {V.TODO_ADDED, V.TODO_ASSIGNED, V.TODO_EDITED, V.TODO_COMPLETED, V.TODO_REOPENED, V.TODO_CANCELLED}
    | {V.GOAL_ADDED, V.GOAL_EDITED, V.MILESTONE_ADDED, V.MILESTONE_EDITED, V.MILESTONE_REACHED}
    | {V.MEETING_PLANNED, V.MEETING_CHANGED, V.MEETING_RECORDED, V.MEETING_CONFIRMED, V.MEETING_CANCELLED}
    | {V.FILE_ADDED, V.FILE_VERSION_ADDED, V.FILE_EDITED, V.THESIS_SUBMITTED}
)
"""What counts as activity."""
FRESH_STARTS = frozenset(
    {V.WORKSPACE_UNFROZEN, V.WORKSPACE_RESTORED, V.STATE_MOVED, V.THESIS_ASSIGNED, V.RHYTHM_AGREED}
)
"""After these the count begins anew, whoever did them."""


@dataclass(frozen=True)
class Quiet:
    """What is known of one workspace. `since` is where the count begins; `days` are counted only while `watched`."""

    last: dt.datetime | None
    since: dt.datetime
    rhythm: int
    absent_until: dt.date | None
    watched: bool

    @property
    def days(self) -> int:
        return (now() - self.since).days

    @property
    def is_silent(self) -> bool:
        return self.watched and self.absent_until is None and self.days >= self.rhythm

    @property
    def words(self) -> str:
        """«nothing since 3 November, agreed rhythm 14 days»."""
        agreed = ngettext("agreed rhythm %(n)s day", "agreed rhythm %(n)s days", self.rhythm) % {"n": self.rhythm}
        if self.absent_until:
            return _("absent as agreed until %(day)s") % {"day": date(self.absent_until)}
        if self.last is None:
            return _("nothing yet, %(agreed)s") % {"agreed": agreed}
        return _("nothing since %(day)s, %(agreed)s") % {"day": date(self.last), "agreed": agreed}


def with_signs(workspaces: Any) -> Any:
    """Annotates workspaces with what `quiet_of` needs; no further query."""
    return workspaces.annotate(**signs(today()))


def signs(day: dt.date) -> dict[str, Subquery]:
    """The annotations themselves, where a workspace is fetched with others; the day is today."""
    rhythm = Rhythm.objects.filter(workspace=OuterRef("pk")).values("days")[:1]
    begun = Absence.objects.filter(workspace=OuterRef("pk"), starts_on__lte=day).order_by().values("workspace")
    return {
        "last_act": last_act_of_author(),
        "fresh_start": _newest(Event.objects.filter(workspace_number=OuterRef("pk"), verb__in=FRESH_STARTS)),
        "rhythm_days": Subquery(rhythm, output_field=IntegerField()),
        "absent_until": Subquery(begun.annotate(last=Max("ends_on")).values("last"), output_field=DateField()),
    }


def last_act_of_author() -> Subquery:
    """When an author of a workspace last did something in it."""
    authors = Member.objects.filter(workspace=OuterRef("workspace_number"), seat=Seat.AUTHOR).values("person")
    return _newest(Event.objects.filter(workspace_number=OuterRef("pk"), actor__in=authors, verb__in=ACTS))


def quiet_of(workspace: Any, *, watched: bool | None = None) -> Quiet:
    """Of a workspace with `with_signs`, its people and its thesis; without people where `watched` is known already."""
    until: dt.date | None = workspace.absent_until
    absent = until is not None and until >= today()
    signs = [workspace.last_act, workspace.created_at, workspace.fresh_start, None if absent else _day_after(until)]
    return Quiet(
        last=workspace.last_act,
        since=max(sign for sign in signs if sign is not None),
        rhythm=workspace.rhythm_days or usual_days(),
        absent_until=until if absent else None,
        watched=is_watched(workspace) if watched is None else watched,
    )


def is_watched(workspace: Any) -> bool:
    """Only work under way, with somebody who does it."""
    going_on = workspace.kind == Kind.THESIS and not workspace.frozen_at and not workspace.deleted_at
    return bool(going_on and workspace.thesis.state in WORKING and Seat.AUTHOR in workspace.seats.values())


def usual_days() -> int:
    return int(setting("silence_days"))


def absences_of(workspace: Any) -> list[Absence]:
    """The newest first, with who agreed."""
    return list(
        Absence.objects.filter(workspace=workspace).select_related("agreed_by").order_by("-starts_on", "-pk")[:50]
    )


def _newest(events: QuerySet) -> Subquery:
    per_workspace = events.order_by().values("workspace_number").annotate(last=Max("at")).values("last")
    return Subquery(per_workspace, output_field=DateTimeField())


def _day_after(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), site_zone()) if day else None
