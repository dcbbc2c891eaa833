"""Ask for a topic, withdraw, answer; the history of a student and what waits for offerers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import can, require
from superviseme.web.access import signed_in
from superviseme.web.answers import done

from ..assignment.actions import accept_interest
from ..catalog.views import topic_for, topic_page
from ..models import Interest, InterestState, Topic
from ..topics.queries import with_people
from . import actions, queries
from .forms import DeclineForm, InterestForm


@signed_in("GET", "POST")
def express(request: HttpRequest, pk: int) -> HttpResponse:
    """GET is where a visitor who signed in to ask comes back to: the topic's page."""
    reachable = Topic.objects.visible_to(request.user) | Topic.objects.once_offered()
    topic = get_object_or_404(with_people(reachable), pk=pk)
    if request.method == "GET":
        return redirect(topic.get_absolute_url() + "#interest")
    form = InterestForm(request.POST)
    if not form.is_valid():
        require(request.user, Action.INTEREST_EXPRESS, topic)
        return topic_page(request, topic, form=form, status=422)
    actions.express_interest(topic, message=form.cleaned_data["message"], by=request.user)
    words = _("Your request waits for an answer. You will be told.")
    return done(request, to=topic.get_absolute_url() + "#interest", message=words)


@signed_in("POST")
def withdrawal(request: HttpRequest, pk: int, interest_id: int) -> HttpResponse:
    topic = topic_for(request, pk)
    interest = get_object_or_404(topic.interests.filter(student=request.user), pk=interest_id)
    interest.topic = topic
    actions.withdraw_interest(interest, by=request.user)
    to = reverse("interests") if request.POST.get("from") == "history" else topic.get_absolute_url()
    return done(request, to=to, message=_("Your request for «%(title)s» is withdrawn.") % {"title": topic.title})


@signed_in("POST")
def acceptance(request: HttpRequest, pk: int, interest_id: int) -> HttpResponse:
    interest = _asked(request, pk, interest_id)
    thesis = accept_interest(interest, by=request.user)
    words = _("Accepted. This is the workspace of %(name)s now.") % {"name": interest.student.full_name}
    opens = can(request.user, Action.WORKSPACE_VIEW, thesis.workspace)
    return done(request, to=thesis.get_absolute_url() if opens else interest.topic.get_absolute_url(), message=words)


@signed_in("POST")
def refusal(request: HttpRequest, pk: int, interest_id: int) -> HttpResponse:
    interest = _asked(request, pk, interest_id)
    require(request.user, Action.INTEREST_HANDLE, interest)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return topic_page(request, interest.topic, decline_form=form, declined=interest, status=422)
    actions.decline_interest(interest, reason=form.cleaned_data["reason"], by=request.user)
    to = reverse("requests") if request.POST.get("from") == "requests" else interest.topic.get_absolute_url()
    return done(request, to=to, message=_("Declined. %(name)s is told.") % {"name": interest.student.full_name})


@signed_in("GET", action=Action.OWN_STUDY_VIEW)
def history(request: HttpRequest) -> HttpResponse:
    page = queries.history_of(request.user, after=request.GET.get("after", ""))
    return render(request, "theses/interest/history.html", {"page": page})


@signed_in("GET", action=Action.TOPIC_CREATE)
def requests(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", InterestState.PENDING)
    page = queries.requests_for(request.user, state=state, after=request.GET.get("after", ""))
    context = {"page": page, "state": state, "states": InterestState.choices}
    return render(request, "theses/interest/requests.html", context)


def _asked(request: HttpRequest, pk: int, interest_id: int) -> Interest:
    """A request for this topic; only its offerers find those of others."""
    topic = topic_for(request, pk)
    rows = topic.interests.select_related("student", "handled_by")
    if not can(request.user, Action.TOPIC_VIEW, topic):
        rows = rows.filter(student=request.user)
    interest = get_object_or_404(rows, pk=interest_id)
    interest.topic = topic
    return interest
