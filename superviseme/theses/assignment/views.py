"""Assign a topic directly, take it back, make a thesis without a topic."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import can, require
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted

from ..access import thesis_for
from ..catalog.views import topic_for, topic_page
from . import actions
from .forms import AssignForm, ThesisForm, UnassignForm


@signed_in("POST")
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    topic = topic_for(request, pk)
    require(request.user, Action.THESIS_ASSIGN, topic)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return topic_page(request, topic, assign_form=form, status=422)
    thesis = actions.assign_topic(topic, student=form.cleaned_data["student"], by=request.user)
    opens = can(request.user, Action.WORKSPACE_VIEW, thesis.workspace)
    words = _("Assigned to %(name)s.") % {"name": form.cleaned_data["student"].full_name}
    return done(request, to=thesis.get_absolute_url() if opens else topic.get_absolute_url(), message=words)


@signed_in("POST")
def unassignment(request: HttpRequest, pk: int) -> HttpResponse:
    thesis = thesis_for(request, pk)
    require(request.user, Action.THESIS_ASSIGN, thesis)
    form = UnassignForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    actions.unassign_thesis(thesis, why=why, by=request.user)
    topic = thesis.topic
    offers = topic is not None and not topic.deleted_at and can(request.user, Action.TOPIC_VIEW, topic).allowed
    to = topic.get_absolute_url() if topic and offers else thesis.get_absolute_url()
    return done(request, to=to, message=_("Unassigned. The work done stays with who did it."))


@signed_in("GET", "POST", action=Action.THESIS_CREATE)
def new(request: HttpRequest) -> HttpResponse:
    initial = {"supervisors": [request.user.pk], "student": request.GET.get("student", "")[:254]}
    form = ThesisForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        thesis = actions.create_thesis(**form.cleaned_data, by=request.user)
        return done(request, to=thesis.get_absolute_url(), message=_("The thesis has its workspace."))
    return render(request, "theses/assignment/new.html", {"form": form}, status=422 if form.errors else 200)
