"""Own topics: listed, written, published, closed, deleted and restored."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import can, require
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done
from superviseme.web.forms import posted
from superviseme.web.text import one_line

from ..models import Topic, TopicState
from . import actions, queries
from .forms import TopicForm


@signed_in("GET", action=Action.TOPIC_CREATE)
def index(request: HttpRequest) -> HttpResponse:
    state, q = request.GET.get("state", ""), one_line(request.GET.get("q", ""))[:200]
    everybody = bool(can(request.user, Action.SITE_MANAGE)) and request.GET.get("whose") != "own"
    page = queries.topics_page(
        request.user, state=state, q=q, all_of_them=everybody, after=request.GET.get("after", "")
    )
    context = {"page": page, "state": state, "q": q, "everybody": everybody, "states": TopicState.choices}
    return render(request, "theses/topics/index.html", context)


@signed_in("GET", "POST", action=Action.TOPIC_CREATE)
def new(request: HttpRequest) -> HttpResponse:
    form = TopicForm(posted(request), initial={"supervisors": [request.user.pk], "capacity": 1})
    if request.method == "POST" and form.is_valid():
        facts = {k: v for k, v in form.cleaned_data.items() if k != "version"}
        topic = actions.create_topic(**facts, publish="publish" in request.POST, by=request.user)
        words = (
            _("Published. Students can ask for it now.") if topic.state == TopicState.OPEN else _("Kept as a draft.")
        )
        return done(request, to=topic.get_absolute_url(), message=words)
    return render(request, "theses/topics/new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _topic(request, pk)
    require(request.user, Action.TOPIC_EDIT, topic)
    form = TopicForm(posted(request), initial=_facts(topic), taken=topic.taken)
    tried = attempt(form, partial(actions.edit_topic, topic, by=request.user))
    if tried.saved:
        return done(request, to=topic.get_absolute_url())
    context = {"topic": topic, "form": form, "current": tried.current}
    return render(request, "theses/topics/edit.html", context, status=tried.status)


@signed_in("POST")
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _topic(request, pk)
    actions.publish_topic(topic, by=request.user)
    return done(request, to=topic.get_absolute_url(), message=_("Published. Students can ask for it now."))


@signed_in("POST")
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _topic(request, pk)
    actions.close_topic(topic, by=request.user)
    undo = reverse("topic_reopening", args=[pk])
    return done(request, to=topic.get_absolute_url(), message=_("Closed. It is no longer in the catalogue."), undo=undo)


@signed_in("POST")
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _topic(request, pk)
    actions.delete_topic(topic, by=request.user)
    words = _("«%(title)s» deleted.") % {"title": topic.title}
    return done(request, to=reverse("topics"), message=words, undo=reverse("topic_restoration", args=[pk]))


@signed_in("POST")
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    topic = get_object_or_404(queries.with_people(Topic.objects.reachable_by(request.user)), pk=pk)
    actions.restore_topic(topic, by=request.user)
    return done(request, to=topic.get_absolute_url(), message=_("Restored."))


def _topic(request: HttpRequest, pk: int) -> Topic:
    return get_object_or_404(queries.with_people(Topic.objects.visible_to(request.user)), pk=pk)


def _facts(topic: Topic) -> dict[str, object]:
    return {
        **{name: getattr(topic, name) for name in (*actions.FIELDS, "version")},
        "keywords": ", ".join(k.word for k in topic.keywords.all()),
        "supervisors": [row.person_id for row in topic.supervisors.all()],
    }
