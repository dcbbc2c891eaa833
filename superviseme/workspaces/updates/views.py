"""Pages and clicks of updates: workspace through `visible_to`, form, one action, answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import can, require
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done, is_htmx, piece
from superviseme.web.forms import posted

from ..files.quota import Full, keep_all
from ..room.access import thing_in, workspace_for
from ..room.frame import answered, frame
from ..room.models import Workspace
from . import actions, queries
from .forms import TagForm, UpdateForm
from .models import Update, UpdateKind


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    if request.method == "GET":
        return _index(request, workspace, _composer(request, workspace))
    require_any(request, workspace)
    form = _composer(request, workspace, request.POST, files=request.FILES)
    update = _posted(request, workspace, form) if form.is_valid() else None
    if update is None:
        if is_htmx(request):
            return piece(
                request, "workspaces/updates/_composer.html", {"workspace": workspace, "form": form}, status=422
            )
        return _index(request, workspace, form, status=422)
    context = {
        "workspace": workspace,
        "update": queries.one_update(workspace, update),
        "form": _composer(request, workspace),
    }
    to, template = reverse("updates", args=[pk]), "workspaces/updates/_posted.html"
    return answered(request, workspace, to=to, template=template, context=context)


@signed_in("GET")
def show(request: HttpRequest, pk: int, update_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    update = queries.one_update(workspace, _find(workspace, update_id))
    return render(
        request, "workspaces/updates/show.html", frame(workspace, request.user, "updates", update=update, alone=True)
    )


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int, update_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    update = _find(workspace, update_id)
    require(request.user, Action.UPDATE_EDIT, update)
    initial = {"kind": update.kind, "text": update.text, "version": update.version}
    form = _composer(request, workspace, posted(request), initial=initial)
    tried = attempt(
        form,
        lambda kind, text, version, **rest: actions.edit_update(
            update, kind=kind, text=text, version=version, by=request.user
        ),
    )
    if tried.saved:
        return done(request, to=update.get_absolute_url())
    context = frame(workspace, request.user, "updates", update=update, form=form, current=tried.current)
    return render(request, "workspaces/updates/edit.html", context, status=tried.status)


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, update_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    update = _find(workspace, update_id)
    actions.delete_update(update, by=request.user)
    undo = reverse("update_restoration", args=[pk, update.pk])
    to, words = reverse("updates", args=[pk]), _("Update deleted.")
    return answered(request, workspace, to=to, template="ui/_gone.html", message=words, undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int, update_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    update = thing_in(workspace, Update.objects.all(), pk=update_id)
    actions.restore_update(update, by=request.user)
    return done(request, to=update.get_absolute_url(), message=_("Update restored."))


@signed_in("POST")
def tags(request: HttpRequest, pk: int, update_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    update = _find(workspace, update_id)
    require(request.user, Action.UPDATE_TAG, update)
    form = TagForm(request.POST)
    if form.is_valid():
        actions.tag_update(update, words=form.cleaned_data["words"], by=request.user)
    return _answer(request, workspace, update, status=200 if form.is_valid() else 422, tag_form=form)


@signed_in("POST")
def tag_deletion(request: HttpRequest, pk: int, update_id: int, tag_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    update = _find(workspace, update_id)
    tag = update.tags.filter(pk=tag_id).first()
    if tag:
        tag.update = update
        actions.untag_update(tag, by=request.user)
    else:
        require(request.user, Action.UPDATE_TAG, update)
    return _answer(request, workspace, update)


def _find(workspace: Workspace, update_id: int) -> Update:
    return thing_in(workspace, Update.objects.live().select_related("created_by"), pk=update_id)


def _posted(request: HttpRequest, workspace: Workspace, form: UpdateForm) -> Update | None:
    """None, and the form says why, when there is no room for the files."""
    data = form.cleaned_data
    said = {name: data[name] for name in ("kind", "text", "tags")}
    try:
        files = keep_all(workspace, data["files"])
        return actions.post_update(workspace, **said, files=files, by=request.user)
    except Full as full:
        form.add_error("files", full)
        return None


def _composer(
    request: HttpRequest,
    workspace: Workspace,
    data: Any = None,
    initial: dict[str, Any] | None = None,
    files: Any = None,
) -> UpdateForm:
    may_post = can(request.user, Action.UPDATE_POST, workspace).allowed
    may_give_feedback = can(request.user, Action.FEEDBACK_GIVE, workspace).allowed
    kind = UpdateKind.FEEDBACK if may_give_feedback and workspace.kind == "thesis" else UpdateKind.PROGRESS
    return UpdateForm(
        data,
        files,
        initial=initial or {"kind": kind},
        may_post=may_post or not may_give_feedback,
        may_give_feedback=may_give_feedback,
    )


def require_any(request: HttpRequest, workspace: Workspace) -> None:
    if not can(request.user, Action.FEEDBACK_GIVE, workspace):
        require(request.user, Action.UPDATE_POST, workspace)


def _index(request: HttpRequest, workspace: Workspace, form: UpdateForm, status: int = 200) -> HttpResponse:
    kind, tag = request.GET.get("kind", ""), request.GET.get("tag", "")
    kind = kind if kind in UpdateKind.values else ""
    page = queries.updates_page(workspace, after=request.GET.get("after", ""), kind=kind, tag=tag)
    context = frame(
        workspace, request.user, "updates", page=page, form=form, kind=kind, tag=tag, kinds=UpdateKind.choices
    )
    return render(request, "workspaces/updates/index.html", context, status=status)


def _answer(request: HttpRequest, workspace: Workspace, update: Update, status: int = 200, **more: Any) -> HttpResponse:
    """The card as it is now, for htmx and for plain forms."""
    context = {"update": queries.one_update(workspace, update), **more}
    if is_htmx(request):
        return piece(request, "workspaces/updates/_update.html", {"workspace": workspace, **context}, status=status)
    if status != 200:
        return render(
            request,
            "workspaces/updates/show.html",
            frame(workspace, request.user, "updates", alone=True, **context),
            status=status,
        )
    return redirect(update.get_absolute_url())
