"""Activity per week, for the strips: what the author of a workspace did, week by week."""

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

from superviseme.activity.silence.queries import ACTS
from superviseme.events.models import Event
from superviseme.web import dates
from superviseme.web.prepared import prepared
from superviseme.web.time import now, today

WEEKS = 12


def strips(author_of: dict[int, set[int]]) -> dict[int, list[dict[str, Any]]]:
    """{workspace id: [{label, count}] for twelve weeks, oldest first} from {workspace id: author ids}; one query."""
    monday = today() - dt.timedelta(days=today().weekday())
    first = monday - dt.timedelta(weeks=WEEKS - 1)
    since = now() - dt.timedelta(weeks=WEEKS, days=1)
    counts: dict[tuple[int, dt.date], int] = {}
    for workspace, actor, week, n in _acts(list(author_of), since, zone=timezone.get_current_timezone()).fetch():
        if actor in author_of[workspace]:
            counts[workspace, week.date()] = counts.get((workspace, week.date()), 0) + n
    weeks = [first + dt.timedelta(weeks=n) for n in range(WEEKS)]
    labels = [(week, dates.short(week)) for week in weeks]
    return {pk: [{"label": label, "count": counts.get((pk, week), 0)} for week, label in labels] for pk in author_of}


@prepared
def _acts(workspaces: list[int], since: dt.datetime, *, zone: dt.tzinfo) -> QuerySet:
    """Who did how much where, by week of this zone."""
    rows = Event.objects.filter(workspace_number__in=workspaces, at__gte=since, verb__in=ACTS)
    rows = rows.annotate(week=TruncWeek("at", tzinfo=zone)).order_by()
    return rows.values_list("workspace_number", "actor", "week").annotate(n=Count("pk"))
