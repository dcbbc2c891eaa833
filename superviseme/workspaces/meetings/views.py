"""Pages and clicks of meetings: workspace through `visible_to`, form, one action, answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.policy.roles import Seat
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done
from superviseme.web.forms import posted

from ..room.access import thing_in, workspace_for
from ..room.frame import frame
from ..room.models import Workspace
from . import actions, ics, queries
from .forms import MeetingForm
from .models import Meeting

FIELDS = ("title", "starts_at", "minutes", "place", "link", "agenda")


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    if request.method == "POST":
        return _plan(request, workspace)
    later = request.GET.get("later", "")
    meetings = queries.meetings_pages(workspace, later=later, after=request.GET.get("after", ""))
    if meetings.ahead.rows:
        queries.write_out(meetings.ahead.rows[0])
    return render(
        request, "workspaces/meetings/index.html", frame(workspace, request.user, "meetings", meetings=meetings)
    )


@signed_in("GET")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    require(request.user, Action.MEETING_ADD, workspace)
    usual = [
        m.person_id
        for m in workspace.members.all()
        if m.seat in (Seat.AUTHOR, Seat.SUPERVISOR) or m.person_id == request.user.pk
    ]
    form = MeetingForm(people=invitable(workspace), initial={"attendees": usual, "minutes": 60})
    return _form(request, workspace, form)


@signed_in("GET")
def show(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    meeting = queries.page_of(workspace, find(workspace, n))
    return render(request, "workspaces/meetings/show.html", frame(workspace, request.user, "meetings", meeting=meeting))


@signed_in("GET")
def calendar(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    """The meeting for one's own calendar."""
    meeting = find(workspace_for(request, pk), n)
    name = f"{slugify(meeting.title)[:60] or 'meeting'}.ics"
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(
        ics.event_file(meeting),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    meeting = find(workspace, n)
    require(request.user, Action.MEETING_EDIT, meeting)
    asked = [a.person_id for a in meeting.attendees.all()]
    initial = {**{name: getattr(meeting, name) for name in FIELDS}, "attendees": asked, "version": meeting.version}
    form = MeetingForm(posted(request), people=invitable(workspace, meeting), initial=initial)
    tried = attempt(
        form,
        lambda version, **rest: actions.edit_meeting(
            meeting, **facts_of(form, workspace, meeting), version=version, by=request.user
        ),
    )
    if tried.saved:
        return done(request, to=meeting.get_absolute_url())
    return _form(request, workspace, form, meeting=meeting, current=tried.current)


@signed_in("POST")
def cancellation(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    meeting = find(workspace_for(request, pk), n)
    actions.cancel_meeting(meeting, by=request.user)
    undo = reverse("meeting_reinstatement", args=[pk, n])
    return done(
        request, to=meeting.get_absolute_url(), message=_("Meeting cancelled; who was asked is told."), undo=undo
    )


@signed_in("POST")
def reinstatement(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    meeting = find(workspace_for(request, pk), n)
    actions.reinstate_meeting(meeting, by=request.user)
    return done(request, to=meeting.get_absolute_url(), message=_("The meeting takes place after all."))


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    meeting = find(workspace_for(request, pk), n)
    actions.delete_meeting(meeting, by=request.user)
    undo = reverse("meeting_restoration", args=[pk, n])
    return done(request, to=reverse("meetings", args=[pk]), message=_("Meeting deleted."), undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    meeting = thing_in(workspace_for(request, pk), Meeting.objects.all(), number=n)
    actions.restore_meeting(meeting, by=request.user)
    return done(request, to=meeting.get_absolute_url(), message=_("Meeting restored."))


def find(workspace: Workspace, n: int) -> Meeting:
    rows = queries.with_people(Meeting.objects.live().select_related("created_by", "cancelled_by"))
    return thing_in(workspace, rows, number=n)


def invitable(workspace: Workspace, meeting: Meeting | None = None) -> dict[int, str]:
    """Who may be asked: everybody with a seat, and who is asked already."""
    asked = {a.person_id: a.person.full_name for a in meeting.attendees.all()} if meeting else {}
    seated = {
        m.person_id: f"{m.person.full_name} ({m.label or Seat(m.seat).label})"
        for m in workspace.members.all()
        if m.person.is_active
    }
    return asked | seated


def _plan(request: HttpRequest, workspace: Workspace) -> HttpResponse:
    require(request.user, Action.MEETING_ADD, workspace)
    form = MeetingForm(request.POST, people=invitable(workspace))
    if not form.is_valid():
        return _form(request, workspace, form)
    meeting = actions.plan_meeting(workspace, **facts_of(form, workspace), by=request.user)
    return redirect(meeting.get_absolute_url())


def facts_of(form: MeetingForm, workspace: Workspace, meeting: Meeting | None = None) -> dict[str, Any]:
    people = {m.person_id: m.person for m in workspace.members.all()}
    people |= {a.person_id: a.person for a in meeting.attendees.all()} if meeting else {}
    chosen = [people[person_id] for person_id in form.cleaned_data["attendees"]]
    return {**{name: form.cleaned_data[name] for name in FIELDS}, "attendees": chosen}


def _form(
    request: HttpRequest, workspace: Workspace, form: MeetingForm, meeting: Meeting | None = None, current: Any = None
) -> HttpResponse:
    status = 409 if current else 422 if form.errors else 200
    context = frame(workspace, request.user, "meetings", form=form, meeting=meeting, current=current)
    return render(request, "workspaces/meetings/form.html", context, status=status)
