"""Meetings of a workspace: planned, held, recorded."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field
from ninja.responses import Status
from pydantic import AwareDatetime, BeforeValidator

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.workspaces.meetings import actions
from superviseme.workspaces.meetings.forms import LONGEST, MeetingForm, RecordForm
from superviseme.workspaces.meetings.views import facts_of, invitable
from superviseme.workspaces.models import Meeting
from superviseme.workspaces.room.access import workspace_for

from ..tokens.models import Area
from .doors import Room, rows_of
from .reads import finder, page_in, rows_in
from .takes import Change, Number, Sent, Text, Title, clicks, fit, goes_and_comes, json_of, sent, written_out
from .things import MeetingOut

room = Room(Area.WORKSPACES, "Meetings")
ALL, ONE = "/workspaces/{int:pk}/meetings", "/workspaces/{int:pk}/meetings/{int:n}"
Moment = Annotated[AwareDatetime, BeforeValidator(written_out)]
Minutes = Annotated[int, Field(ge=5, le=LONGEST)]
Place = Annotated[str, Field(max_length=200)]
Link = Annotated[str, Field(max_length=2000, description="With http or https, or empty")]
People = Annotated[list[Number], Field(min_length=1, max_length=500, description="Numbers of people with a seat here")]
FIELDS = ("title", "starts_at", "minutes", "place", "link", "agenda")
find = finder(Meeting)


class MeetingIn(Sent):
    title: Title
    starts_at: Moment
    attendees: People
    minutes: Minutes = 60
    place: Place = ""
    link: Link = ""
    agenda: Text = ""


class MeetingChange(Change):
    title: Title = ""
    starts_at: Moment = None  # type: ignore[assignment]  # what is left out is not read
    attendees: People = []
    minutes: Minutes = 60
    place: Place = ""
    link: Link = ""
    agenda: Text = ""


class RecordIn(Change):
    notes: Text = ""
    decisions: Text = ""


@room.answers("GET", ALL, "meetings", gives=rows_of(MeetingOut), says="Meetings, the latest first")
def index(request: HttpRequest, pk: int, after: str = "") -> Any:
    workspace = workspace_for(request, pk)
    return page_in(workspace, rows_in(workspace, Meeting), order=("-starts_at", "-pk"), after=after)


@room.answers("GET", ONE, "meeting", gives=MeetingOut, says="One meeting")
def show(request: HttpRequest, pk: int, n: int) -> Any:
    return find(request, pk, n)


@room.answers("POST", ALL, "meetings", gives=MeetingOut, status=201, takes=json_of(MeetingIn), says="Plan one")
def plan(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk)
    require(request.user, Action.MEETING_ADD, workspace)
    form = MeetingForm({"minutes": 60, **sent(request, MeetingIn)}, people=invitable(workspace))
    fit(form)
    meeting = actions.plan_meeting(workspace, **facts_of(form, workspace), by=request.user)
    return Status(201, find(request, pk, meeting.number))


@room.answers("PATCH", ONE, "meeting", gives=MeetingOut, takes=json_of(MeetingChange), says="Change it")
def change(request: HttpRequest, pk: int, n: int) -> Any:
    meeting = find(request, pk, n)
    require(request.user, Action.MEETING_EDIT, meeting)
    now = {name: getattr(meeting, name) for name in FIELDS}
    now["attendees"] = [one.person_id for one in meeting.attendees.all()]
    body = {**now, **sent(request, MeetingChange)}
    form = MeetingForm(body, people=invitable(meeting.workspace, meeting))
    version = fit(form)["version"]
    actions.edit_meeting(meeting, **facts_of(form, meeting.workspace, meeting), version=version, by=request.user)
    return find(request, pk, n)


@room.answers("POST", f"{ONE}/record", "meeting_record", gives=MeetingOut, takes=json_of(RecordIn), says="Write it up")
def record(request: HttpRequest, pk: int, n: int) -> Any:
    meeting = find(request, pk, n)
    require(request.user, Action.MEETING_EDIT, meeting)
    body = {"notes": meeting.notes, "decisions": meeting.decisions, **sent(request, RecordIn)}
    actions.write_record(meeting, **fit(RecordForm(body)), by=request.user)
    return find(request, pk, n)


@room.answers(
    "POST", f"{ONE}/confirmation", "meeting_confirmation", gives=MeetingOut, takes=json_of(Change), says="You agree"
)
def confirmation(request: HttpRequest, pk: int, n: int) -> Any:
    meeting = find(request, pk, n)
    require(request.user, Action.MEETING_CONFIRM, meeting)
    actions.confirm_record(meeting, version=sent(request, Change).get("version"), by=request.user)
    return find(request, pk, n)


clicks(
    room,
    "meeting",
    ONE,
    gives=MeetingOut,
    find=find,
    acts={
        "cancellation": (actions.cancel_meeting, "It does not take place"),
        "reinstatement": (actions.reinstate_meeting, "It takes place after all"),
    },
)
goes_and_comes(
    room, "meeting", ONE, gives=MeetingOut, find=find, delete=actions.delete_meeting, restore=actions.restore_meeting
)
