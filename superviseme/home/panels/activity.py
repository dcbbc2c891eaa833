"""Activity per week, for the strips: what the author of a workspace did, week by week."""

import datetime as dt
from typing import Any

from django.db.models import Count, DateTimeField, Max, OuterRef, Subquery
from django.db.models.functions import TruncWeek
from django.utils import formats

from superviseme.events.models import Event
from superviseme.policy.roles import Seat
from superviseme.web.time import now, today
from superviseme.workspaces.models import Member

WEEKS = 12
SILENT_DAYS = 14


def last_act_of_author() -> Subquery:
    """Annotation on workspaces: when an author last did something in it."""
    authors = Member.objects.filter(workspace=OuterRef("workspace_number"), seat=Seat.AUTHOR).values("person")
    acts = (
        Event.objects.filter(workspace_number=OuterRef("pk"), actor__in=authors).order_by().values("workspace_number")
    )
    return Subquery(acts.annotate(last=Max("at")).values("last"), output_field=DateTimeField())


def strips(author_of: dict[int, set[int]]) -> dict[int, list[dict[str, Any]]]:
    """{workspace id: [{label, count}] for twelve weeks, oldest first} from {workspace id: author ids}; one query."""
    monday = today() - dt.timedelta(days=today().weekday())
    first = monday - dt.timedelta(weeks=WEEKS - 1)
    since = now() - dt.timedelta(weeks=WEEKS, days=1)
    rows: Any = (
        Event.objects.filter(workspace_number__in=author_of, at__gte=since)
        .annotate(week=TruncWeek("at"))
        .values("workspace_number", "actor", "week")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts: dict[tuple[int, dt.date], int] = {}
    for row in rows:
        if row["actor"] in author_of[row["workspace_number"]]:
            key = (row["workspace_number"], row["week"].date())
            counts[key] = counts.get(key, 0) + row["n"]
    weeks = [first + dt.timedelta(weeks=n) for n in range(WEEKS)]
    return {
        pk: [{"label": formats.date_format(week, "j M"), "count": counts.get((pk, week), 0)} for week in weeks]
        for pk in author_of
    }


def silent_days(last: dt.datetime | None, since: dt.datetime) -> int:
    """Days without a sign, 0 when within the agreed rhythm (14 days)."""
    days = (now() - (last or since)).days
    return days if days > SILENT_DAYS else 0
