"""The administrator's desk: counts that lead somewhere, who is new, what failed."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from superviseme.accounts.models import Grant, Person
from superviseme.events.models import Event
from superviseme.outbox.models import Message
from superviseme.policy.roles import Kind, Role
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace


def overview() -> dict[str, Any]:
    return {
        "stats": [*_people(), *_spaces()],
        "newest": list(Person.objects.filter(erased_at=None).order_by("-joined_at", "-pk")[:6]),
        "failed": list(Message.objects.filter(state="failed").order_by("-created_at")[:5]),
        "weeks": _weeks(),
    }


def _people() -> list[dict[str, Any]]:
    held = dict(
        Grant.objects.filter(revoked_at=None, person__is_active=True, person__is_smoke=False)
        .values_list("role")
        .annotate(n=Count("person"))
        .order_by()
    )
    icons = {Role.STUDENT: "school", Role.SUPERVISOR: "users", Role.RESEARCHER: "flask", Role.ADMIN: "shield"}
    labels = {
        Role.STUDENT: _("Students"),
        Role.SUPERVISOR: _("Supervisors"),
        Role.RESEARCHER: _("Researchers"),
        Role.ADMIN: _("Administrators"),
    }
    return [
        {"value": held.get(r.value, 0), "label": labels[r], "href": f"/admin/users?role={r.value}", "icon": icons[r]}
        for r in icons
    ]


def _spaces() -> list[dict[str, Any]]:
    rows = (
        Workspace.objects.live()
        .exclude(created_by__is_smoke=True)
        .aggregate(
            theses=Count("pk", filter=Q(kind=Kind.THESIS)),
            running=Count("pk", filter=Q(kind=Kind.THESIS) & ~Q(thesis__state__in=["completed", "withdrawn"])),
            projects=Count("pk", filter=Q(kind=Kind.PROJECT)),
        )
    )
    return [
        {"value": rows["running"], "label": _("Running theses"), "href": "/admin/theses", "icon": "book"},
        {"value": rows["projects"], "label": _("Projects"), "href": "/projects", "icon": "flask"},
    ]


def _weeks() -> list[dict[str, Any]]:
    """What happened per week on the whole site, for the chart: [{label, value}], oldest first."""
    moment, found = now(), []
    marks = {
        f"w{n}": Count(
            "pk", filter=Q(at__gt=moment - dt.timedelta(weeks=n + 1), at__lte=moment - dt.timedelta(weeks=n))
        )
        for n in range(12)
    }
    counts = (
        Event.objects.filter(at__gt=moment - dt.timedelta(weeks=12)).exclude(workspace_number=None).aggregate(**marks)
    )
    for n in reversed(range(12)):
        found.append({"label": _("now") if n == 0 else f"−{n}", "value": counts[f"w{n}"]})
    return found
