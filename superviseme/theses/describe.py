"""How a thesis describes itself to the shared room: head, panel of the overview, a further tab."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.policy.roles import Seat
from superviseme.web.addresses import reverse
from superviseme.web.dates import due
from superviseme.workspaces.room.kinds import Head

from .evaluation.words import grade_words
from .models import Topic
from .progress.queries import next_move, steps_of
from .states import SUBMITTABLE, State, label_of


def moved(data: Mapping[str, Any]) -> dict[str, str]:
    """The state a thesis was moved to, for the sentence of the event."""
    return {"state": label_of(data["target"])} if data.get("target") in State.values else {}


def head(workspace: Any, person: Any) -> Head:
    thesis = workspace.thesis
    thesis.workspace = workspace
    facts = [str(thesis.get_level_display())]
    if thesis.submit_by and (thesis.state in SUBMITTABLE or thesis.state == "accepted"):
        facts.append(_("Hand-in %(when)s") % {"when": Markup(due(thesis.submit_by)).striptags()})
    hand_in = {"key": "hand-in", "label": _("Hand-in"), "count": None}
    return Head(
        overline=_("Thesis"),
        overline_href=_list_for(workspace, person),
        steps=steps_of(thesis),
        state_badge=(thesis.state, label_of(thesis.state)),
        facts=facts,
        tabs=[{**hand_in, "href": reverse("hand_in", args=[workspace.pk])}],
    )


def panel(workspace: Any, person: Any) -> dict[str, Any]:
    """Facts of the thesis and the next steps, for the overview."""
    thesis = workspace.thesis
    thesis.workspace = workspace
    topic = thesis.topic
    results = can(person, Action.THESIS_RESULTS, thesis)
    return {
        "template": "theses/progress/_panel.html",
        "thesis": thesis,
        "topic_href": topic.get_absolute_url() if topic and _sees(person, topic) else "",
        "keywords": [k.word for k in thesis.keywords.all()],
        "next": next_move(thesis, person),
        "may_unassign": can(person, Action.THESIS_ASSIGN, thesis),
        "may_edit": can(person, Action.WORKSPACE_EDIT, workspace),
        "results": results,
        "grade": grade_words(thesis.grade, thesis.grade_out_of) if results else "",
    }


def _list_for(workspace: Any, person: Any) -> str:
    if workspace.seat_of(person) == Seat.SUPERVISOR and can(person, Action.OWN_SUPERVISION_VIEW):
        return reverse("supervised_theses")
    return reverse("all_theses") if can(person, Action.SITE_MANAGE) else reverse("workspace", args=[workspace.pk])


def _sees(person: Any, topic: Topic) -> bool:
    return Topic.objects.visible_to(person).filter(pk=topic.pk).exists()
