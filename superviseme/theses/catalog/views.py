"""The catalogue and the page of a topic."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.web.access import anyone

from ..assignment.forms import AssignForm
from ..interest.forms import InterestForm
from ..interest.queries import asked_by, asking_for
from ..levels import level_choices
from ..models import Topic
from ..topics.queries import with_people
from . import queries


@anyone("GET", reason="the catalogue is public; it shows open topics with a free place only")
def index(request: HttpRequest) -> HttpResponse:
    wanted = queries.Wanted.of(request.GET)
    page, count = queries.catalogue(wanted, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "count": count,
        "wanted": wanted,
        "levels": level_choices(),
        "sorts": [(key, label) for key, (label, _order) in queries.SORTS.items()],
        "supervisors": queries.supervisors_on_offer(),
        "areas": queries.areas_on_offer(),
    }
    return render(request, "theses/catalog/index.html", context)


@anyone("GET", reason="topics of the catalogue are public; of those that left it only that they did; drafts answer 404")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    topic = with_people(Topic.objects.visible_to(request.user)).filter(pk=pk).first()
    return topic_page(request, topic) if topic else _taken_page(request, pk)


def topic_for(request: HttpRequest, pk: int) -> Topic:
    return get_object_or_404(with_people(Topic.objects.visible_to(request.user)), pk=pk)


def _taken_page(request: HttpRequest, pk: int) -> HttpResponse:
    """To those outside: that the topic of a shared address is taken, and others like it. Its text is not shown."""
    topic = get_object_or_404(Topic.objects.once_offered(), pk=pk)
    response = render(request, "theses/catalog/taken.html", {"topic": topic, "similar": queries.similar_to(topic)})
    response["X-Robots-Tag"] = "noindex"
    return response


def topic_page(request: HttpRequest, topic: Topic, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a topic; also the answer to a form on it that was refused."""
    offers = can(request.user, Action.THESIS_ASSIGN, topic).allowed
    context = {
        "topic": topic,
        "offers": offers,
        "mine": asked_by(request.user, topic) if request.user.is_authenticated else None,
        "requests": asking_for(topic) if offers else [],
        "form": InterestForm(),
        "assign_form": AssignForm(),
        **more,
    }
    return render(request, "theses/catalog/topic.html", context, status=status)
