"""What the administrator's figures were on each of the last twelve weeks: counted back from now over what came and went,
so that only that is read, however much there is.

A thesis that was opened or unfrozen again, and who was enabled again, counts as never gone.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Count, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Least, NullIf
from django.utils.translation import gettext as _

from superviseme.accounts.models import Grant
from superviseme.events.models import Event
from superviseme.notifications.catalog import Verb
from superviseme.policy.roles import Kind
from superviseme.theses.states import ENDED
from superviseme.web.prepared import prepared
from superviseme.web.shared import shared
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace

WEEKS, COMPARED = 12, 4
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def trend(what: str, value: int) -> dict[str, Any]:
    """`values` week by week, the oldest first and `value` of now last; `words` of how it changed."""
    values = [*(value - more for more in _changes().get(what, [0] * WEEKS)), value]
    return {"values": values, "words": _words(value - values[-1 - COMPARED])}


def _words(more: int) -> str:
    if not more:
        return _("as many as %(n)s weeks ago") % {"n": COMPARED}
    words = _("%(n)s more in %(weeks)s weeks") if more > 0 else _("%(n)s fewer in %(weeks)s weeks")
    return words % {"n": abs(more), "weeks": COMPARED}


@shared(60)
def _changes() -> dict[str, list[int]]:
    """By how much each figure grew since each of the weeks, the oldest first."""
    moment = now()
    edges = [moment - dt.timedelta(weeks=n) for n in range(WEEKS, 0, -1)]
    found: dict[str, list[int]] = {}
    for what, *numbers in _moves(*edges).fetch():
        came, went = Counter(dict(enumerate(numbers[:WEEKS]))), Counter(dict(enumerate(numbers[WEEKS:])))
        found[what] = [came[n] - went[n] for n in range(WEEKS)]
    return found


@prepared
def _moves(*edges: dt.datetime) -> QuerySet:
    """(role or kind, came since each edge …, went since each edge …)."""
    return _moved(_roles(), edges).union(_moved(_spaces(), edges), all=True)


def _roles() -> QuerySet:
    """Who is disabled went when that was done, or never came."""
    done = Event.objects.filter(verb=Verb.ACCOUNT_DISABLED, thing="accounts.person", thing_id=OuterRef("person_id"))
    disabled = Coalesce(Subquery(done.order_by("-at").values("at")[:1]), F("granted_at"))
    until = Case(
        When(revoked_at__isnull=False, then=F("revoked_at")),
        When(person__is_active=False, then=disabled),
        output_field=DateTimeField(),
    )
    rows = Grant.objects.filter(person__is_smoke=False, person__approved_at__isnull=False)
    return rows.annotate(what=F("role"), since=F("granted_at"), until=until)


def _spaces() -> QuerySet:
    """Theses under way, which a frozen one is not, and projects."""
    over = Case(When(thesis__state__in=ENDED, then=F("thesis__state_since")), output_field=DateTimeField())
    rests = Case(When(kind=Kind.THESIS, then=F("frozen_at")), output_field=DateTimeField())
    never = Value(NEVER, output_field=DateTimeField())
    until = NullIf(Least(*(Coalesce(moment, never) for moment in (F("deleted_at"), over, rests))), never)
    what = Case(When(kind=Kind.THESIS, then=Value("running")), default=Value("projects"), output_field=CharField())
    rows = Workspace.objects.exclude(created_by__is_smoke=True)
    return rows.annotate(what=what, since=F("created_at"), until=until)


def _moved(rows: QuerySet, edges: Iterable[dt.datetime]) -> QuerySet:
    edges = list(edges)
    came = {f"came_{n}": Count("pk", filter=Q(since__gt=edge)) for n, edge in enumerate(edges)}
    went = {f"went_{n}": Count("pk", filter=Q(until__gt=edge)) for n, edge in enumerate(edges)}
    rows = rows.filter(Q(since__gt=edges[0]) | Q(until__gt=edges[0])).order_by()
    return rows.values("what").annotate(**came, **went).values_list("what", *came, *went)
