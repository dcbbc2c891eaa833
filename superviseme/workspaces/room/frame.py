"""The head and the tabs around every page of a workspace (layouts/workspace.html)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.policy.roles import Seat
from superviseme.web.addresses import reverse
from superviseme.web.answers import done, is_htmx

from .kinds import further_tabs, head_of
from .models import Workspace
from .queries import with_counts


def frame(workspace: Workspace, person: Any, place: str, **more: Any) -> dict[str, Any]:
    """Context of a workspace page; `place` is the current tab's key."""
    head = head_of(workspace, person)
    return {
        "workspace": workspace,
        "place": place,
        "crumbs": [(str(head.overline), head.overline_href), (workspace.title, workspace.get_absolute_url())],
        "head": {
            "title": workspace.title,
            "kind": head.overline,
            "overline_href": head.overline_href,
            "people": [
                {"name": m.person.full_name, "label": m.label or Seat(m.seat).label, "picture": m.person.picture_url}
                for m in workspace.members.all()
            ],
            "people_href": reverse("people", args=[workspace.pk]),
            "steps": head.steps,
            "state_badge": head.state_badge,
            "facts": head.facts,
            "next_deadline": _next_deadline(workspace),
            "frozen": _frozen(workspace, person),
        },
        "tabs": _tabs(workspace, place, [*head.tabs, *further_tabs(workspace)]),
        **more,
    }


def answered(request: HttpRequest, workspace: Workspace, *, to: str, template: str, **answer: Any) -> HttpResponse:
    """`done`, and with the piece for htmx what its change moves in the head: the numbers on the tabs, the next deadline."""
    response = done(request, to=to, template=template, **answer)
    if is_htmx(request):
        now = with_counts(Workspace.objects.filter(pk=workspace.pk)).get()
        context = {"tabs": _tabs(now, "", []), "next_deadline": _next_deadline(now)}
        response.write(render_to_string("layouts/_head_again.html", context, request))
    return response


def _next_deadline(workspace: Any) -> dict[str, Any] | None:
    """From the annotations of `with_counts`."""
    if not getattr(workspace, "deadline_on", None):
        return None
    href = f"{reverse('milestones', args=[workspace.pk])}#milestone-{workspace.deadline_number}"
    return {"label": workspace.deadline_title, "when": workspace.deadline_on, "href": href}


def _frozen(workspace: Workspace, person: Any) -> dict[str, Any] | None:
    if not workspace.is_frozen:
        return None
    return {
        "by": workspace.frozen_by.full_name if workspace.frozen_by else "",
        "when": workspace.frozen_at,
        "reason": workspace.frozen_why,
        "unfreeze_url": reverse("workspace_unfreeze", args=[workspace.pk]),
        "allowed": can(person, Action.WORKSPACE_UNFREEZE, workspace),
    }


def _tabs(workspace: Workspace, place: str, further: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def tab(key: str, name: str, label: str, count: str = "") -> dict[str, Any]:
        href = reverse(name, args=[workspace.pk])
        return {
            "key": key,
            "label": label,
            "href": href,
            "active": key == place,
            "count": getattr(workspace, count, None) if count else None,
        }

    return [
        tab("overview", "workspace", _("Overview")),
        tab("updates", "updates", _("Updates"), "count_updates"),
        tab("todos", "todos", _("To-dos"), "count_todos"),
        tab("goals", "goals", _("Goals"), "count_goals"),
        tab("milestones", "milestones", _("Milestones"), "count_milestones"),
        tab("meetings", "meetings", _("Meetings"), "count_meetings"),
        tab("files", "files", _("Files"), "count_files"),
        *[{**extra, "active": extra["key"] == place} for extra in further],
        tab("people", "people", _("People")),
        tab("history", "history", _("History")),
    ]
