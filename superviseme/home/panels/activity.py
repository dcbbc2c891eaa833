"""Activity per week, for the strips: what the author of a workspace did, week by week."""

import datetime as dt
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncWeek
from django.utils import formats

from superviseme.activity.silence.queries import ACTS
from superviseme.events.models import Event
from superviseme.web.time import now, today

WEEKS = 12


def strips(author_of: dict[int, set[int]]) -> dict[int, list[dict[str, Any]]]:
    """{workspace id: [{label, count}] for twelve weeks, oldest first} from {workspace id: author ids}; one query."""
    monday = today() - dt.timedelta(days=today().weekday())
    first = monday - dt.timedelta(weeks=WEEKS - 1)
    since = now() - dt.timedelta(weeks=WEEKS, days=1)
    rows: Any = (
        Event.objects.filter(workspace_number__in=author_of, at__gte=since, verb__in=ACTS)
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
