"""The record of a meeting and its confirmation."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import Stale, done
from superviseme.web.forms import posted

from ..room.access import workspace_for
from ..room.frame import frame
from ..room.models import Workspace
from . import actions, queries
from .forms import ActionRows, RecordForm, VersionForm
from .models import Meeting
from .views import find


@signed_in("GET", "POST")
def record(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    meeting = find(workspace, n)
    require(request.user, Action.MEETING_EDIT, meeting)
    initial = {"notes": meeting.notes, "decisions": meeting.decisions, "version": meeting.version}
    form = RecordForm(posted(request), initial=initial)
    rows = _rows(request, workspace)
    current = None
    if request.method == "POST" and form.is_valid() and (rows.is_valid() or not rows.is_bound):
        try:
            _write(request, workspace, meeting, form, rows)
        except Stale as stale:
            current = stale.current
        else:
            return done(request, to=meeting.get_absolute_url())
    status = 409 if current else 422 if form.errors or rows.total_error_count() else 200
    meeting = queries.page_of(workspace, meeting)
    context = frame(workspace, request.user, "meetings", meeting=meeting, form=form, rows=rows, current=current)
    return render(request, "workspaces/meetings/record.html", context, status=status)


@signed_in("POST")
def confirmation(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    meeting = find(workspace, n)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    actions.confirm_record(meeting, version=version, by=request.user)
    context = {"workspace": workspace, "meeting": find(workspace, n)}
    words = _("You confirmed the record.")
    return done(
        request,
        to=meeting.get_absolute_url(),
        template="workspaces/meetings/_confirmed.html",
        context=context,
        message=words,
    )


def _rows(request: HttpRequest, workspace: Workspace) -> Any:
    people = {m.person_id: m.person.full_name for m in workspace.members.all()}
    return ActionRows(
        request.POST if "actions-TOTAL_FORMS" in request.POST else None,
        prefix="actions",
        form_kwargs={"people": people},
    )


def _write(request: HttpRequest, workspace: Workspace, meeting: Meeting, form: RecordForm, rows: Any) -> None:
    people = {m.person_id: m.person for m in workspace.members.all()}
    wanted = [{**row, "assignee": people.get(row["assignee"])} for row in (rows.rows() if rows.is_bound else [])]
    actions.write_record(meeting, **form.cleaned_data, actions=wanted, by=request.user)
