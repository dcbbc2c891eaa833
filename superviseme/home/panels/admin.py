"""The administrator's desk: counts that lead somewhere, who is new, what failed."""

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value
from django.utils.translation import gettext as _

from superviseme.accounts.models import EXCEPTIONS, Grant, Person
from superviseme.events.models import Event
from superviseme.outbox.models import Message
from superviseme.policy.roles import Kind, Role
from superviseme.theses.models import Thesis
from superviseme.web.prepared import HOW_MANY, prepared
from superviseme.web.shared import shared
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace

from .trend import trend

WEEKS = 12


def overview() -> dict[str, Any]:
    return {
        "stats": [*_people(), *_spaces()],
        "newest": _newest().fetch(),
        "failed": _failed().fetch(),
        "weeks": _weeks(),
    }


@prepared
def _newest() -> QuerySet[Person]:
    return Person.objects.filter(erased_at=None).order_by("-joined_at", "-pk")[:6]


@prepared
def _failed() -> QuerySet[Message]:
    return Message.objects.filter(state="failed").order_by("-created_at")[:5]


def _people() -> list[dict[str, Any]]:
    icons = {Role.STUDENT: "school", Role.SUPERVISOR: "users", Role.RESEARCHER: "flask", Role.ADMIN: "shield"}
    labels = {
        Role.STUDENT: _("Students"),
        Role.SUPERVISOR: _("Supervisors"),
        Role.RESEARCHER: _("Researchers"),
        Role.ADMIN: _("Administrators"),
    }
    return [_figure(r.value, labels[r], f"/admin/users?role={r.value}&state=active", icons[r]) for r in icons]


def _spaces() -> list[dict[str, Any]]:
    return [
        _figure("running", _("Theses under way"), "/admin/theses?which=current", "book"),
        _figure("projects", _("Projects"), "/admin/projects", "flask"),
    ]


def _figure(what: str, label: str, href: str, icon: str) -> dict[str, Any]:
    """A number, how it changed, and the list of those it counts."""
    value = _counted()[what]
    return {"value": value, "label": label, "href": href, "icon": icon, "trend": trend(what, value)}


@shared(10)
def _counted() -> Counter[str]:
    found: Counter[str] = Counter()
    for what, n, sign in _numbers().fetch():
        found[what] += sign * n
    return found


@prepared
def _numbers() -> QuerySet:
    """(role or kind, number, 1), and with −1 the roles of accounts that are disabled, wait for approval or were made by a
    smoke run: few, so that the others need not be looked at."""
    roles = Grant.objects.filter(revoked_at=None).order_by().values_list("role")
    nobodys = roles.filter(person__in=Person.objects.filter(EXCEPTIONS))
    theses = Thesis.objects.exclude(state__in=["completed", "withdrawn"]).filter(workspace__deleted_at=None)
    theses = theses.filter(workspace__frozen_at=None).exclude(workspace__created_by__is_smoke=True).order_by()
    projects = Workspace.objects.live().filter(kind=Kind.PROJECT).exclude(created_by__is_smoke=True).order_by()
    one = Value(1, output_field=IntegerField())
    return _signed(roles, 1).union(
        _signed(nobodys, -1),
        theses.values_list(Value("running"), HOW_MANY, one),
        projects.values_list(Value("projects"), HOW_MANY, one),
        all=True,
    )


def _signed(roles: QuerySet, sign: int) -> QuerySet:
    return roles.annotate(n=Count("pk"), sign=Value(sign, output_field=IntegerField()))


def _weeks() -> list[dict[str, Any]]:
    """What happened per week on the whole site, for the chart: [{label, value}], oldest first."""
    counts = _counts_of_weeks()
    return [{"label": _("now") if n == 0 else f"−{n}", "value": counts[n]} for n in reversed(range(WEEKS))]


@shared(60)
def _counts_of_weeks() -> dict[int, int]:
    moment = now()
    edges = [moment - dt.timedelta(weeks=n) for n in range(WEEKS + 1)]
    return dict(_acts(*edges).fetch())


@prepared
def _acts(*edges: dt.datetime) -> QuerySet:
    """(week, number): each week counted for itself in the index, which is quicker than sorting all acts into weeks."""
    rows = Event.objects.filter(workspace_number__isnull=False).order_by()
    weeks = [
        rows.filter(at__gt=first, at__lte=last).values_list(Value(n, output_field=IntegerField()), HOW_MANY)
        for n, (last, first) in enumerate(pairwise(edges))
    ]
    return weeks[0].union(*weeks[1:], all=True)
