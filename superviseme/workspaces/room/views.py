"""The workspace itself: overview, edit, freeze, delete and restore."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done
from superviseme.web.forms import posted
from superviseme.web.time import now, today

from . import actions
from .access import deleted_workspace_for, workspace_for
from .forms import FreezeForm, WorkspaceForm
from .frame import frame
from .kinds import notes_of, panel_of
from .overview import summary


@signed_in("GET")
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk, meeting_after=now(), noted_on=today())
    panel = panel_of(workspace, request.user)
    notes = notes_of(workspace, request.user)
    context = frame(workspace, request.user, "overview", panel=panel, notes=notes, **summary(workspace))
    return render(request, "workspaces/room/overview.html", context)


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    require(request.user, Action.WORKSPACE_EDIT, workspace)
    initial = {"title": workspace.title, "description": workspace.description, "version": workspace.version}
    form = WorkspaceForm(posted(request), initial=initial)
    tried = attempt(form, partial(actions.edit_workspace, workspace, by=request.user))
    if tried.saved:
        return done(request, to=workspace.get_absolute_url())
    context = frame(workspace, request.user, "overview", form=form, current=tried.current)
    return render(request, "workspaces/room/edit.html", context, status=tried.status)


@signed_in("POST")
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    form = FreezeForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    actions.freeze_workspace(workspace, why=why, by=request.user)
    return done(
        request, to=workspace.get_absolute_url(), message=_("Frozen."), undo=reverse("workspace_unfreeze", args=[pk])
    )


@signed_in("POST")
def unfreeze(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    actions.unfreeze_workspace(workspace, by=request.user)
    return done(request, to=workspace.get_absolute_url(), message=_("Unfrozen."))


@signed_in("POST")
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    actions.delete_workspace(workspace, by=request.user)
    undo = reverse("workspace_restoration", args=[pk])
    return done(request, to="/", message=_("«%(title)s» deleted.") % {"title": workspace.title}, undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = deleted_workspace_for(request, pk)
    actions.restore_workspace(workspace, by=request.user)
    return done(request, to=workspace.get_absolute_url(), message=_("Restored."))
