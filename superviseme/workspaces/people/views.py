"""The people of a workspace."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import can, require
from superviseme.policy.roles import Seat
from superviseme.web.access import signed_in
from superviseme.web.answers import done

from ..room.access import thing_in, workspace_for
from ..room.frame import frame
from ..room.models import Member, Workspace
from . import actions
from .forms import AddPersonForm, LabelForm


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    if request.method == "GET":
        return _page(request, workspace, AddPersonForm(workspace=workspace))
    require(request.user, Action.PEOPLE_MANAGE, workspace)
    form = AddPersonForm(request.POST, workspace=workspace)
    if not form.is_valid():
        return _page(request, workspace, form, status=422)
    data = form.cleaned_data
    actions.add_person(workspace, person=data["person"], seat=Seat(data["seat"]), label=data["label"], by=request.user)
    return done(
        request, to=reverse("people", args=[pk]), message=_("%(name)s is in.") % {"name": data["person"].full_name}
    )


@signed_in("POST")
def label(request: HttpRequest, pk: int, member_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    member = thing_in(workspace, Member.objects.select_related("person"), pk=member_id)
    require(request.user, Action.PEOPLE_MANAGE, workspace)
    form = LabelForm(request.POST)
    if not form.is_valid():
        return _page(
            request, workspace, AddPersonForm(workspace=workspace), status=422, label_form=form, labelled=member
        )
    actions.label_person(member, label=form.cleaned_data["label"], by=request.user)
    return done(request, to=reverse("people", args=[pk]))


@signed_in("POST")
def removal(request: HttpRequest, pk: int, member_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    member = thing_in(workspace, Member.objects.select_related("person"), pk=member_id)
    actions.remove_person(member, by=request.user)
    to = reverse("people", args=[pk]) if can(request.user, Action.WORKSPACE_VIEW, workspace) else "/"
    return done(request, to=to, message=_("%(name)s no longer has a seat here.") % {"name": member.person.full_name})


@signed_in("POST")
def mute(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    actions.set_muted(workspace, muted=True, by=request.user)
    said = _("Muted: you hear only of what is meant for you by name.")
    undo = reverse("workspace_unmute", args=[pk])
    return done(request, to=workspace.get_absolute_url(), message=said, undo=undo)


@signed_in("POST")
def unmute(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    actions.set_muted(workspace, muted=False, by=request.user)
    return done(request, to=workspace.get_absolute_url(), message=_("You hear of everything here again."))


def _page(
    request: HttpRequest, workspace: Workspace, form: AddPersonForm, status: int = 200, **more: object
) -> HttpResponse:
    context = frame(workspace, request.user, "people", form=form, members=list(workspace.members.all()), **more)
    return render(request, "workspaces/people/index.html", context, status=status)
