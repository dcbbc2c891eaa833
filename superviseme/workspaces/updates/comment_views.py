"""Comments and feedback under an update."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done, is_htmx, piece
from superviseme.web.forms import posted

from ..room.access import thing_in, workspace_for
from ..room.frame import frame
from ..room.models import Workspace
from . import actions, queries
from .forms import CommentForm
from .models import Comment, Update


@signed_in("POST")
def comments(request: HttpRequest, pk: int, update_id: int) -> HttpResponse:
    return _post(request, pk, update_id, Action.COMMENT_POST)


@signed_in("POST")
def feedback(request: HttpRequest, pk: int, update_id: int) -> HttpResponse:
    return _post(request, pk, update_id, Action.FEEDBACK_GIVE)


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int, update_id: int, comment_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    comment = _find(workspace, update_id, comment_id)
    require(request.user, Action.COMMENT_EDIT, comment)
    form = CommentForm(posted(request), initial={"text": comment.text, "version": comment.version})
    tried = attempt(
        form,
        lambda text, version, **rest: actions.edit_comment(comment, text=text, version=version, by=request.user),
    )
    if tried.saved:
        return done(request, to=comment.get_absolute_url())
    context = frame(workspace, request.user, "updates", comment=comment, form=form, current=tried.current)
    return render(request, "workspaces/updates/edit_comment.html", context, status=tried.status)


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, update_id: int, comment_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    comment = _find(workspace, update_id, comment_id)
    actions.delete_comment(comment, by=request.user)
    undo = reverse("comment_restoration", args=[pk, update_id, comment.pk])
    to = reverse("update", args=[pk, update_id])
    return done(request, to=to, template="ui/_gone.html", message=_("Comment deleted."), undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int, update_id: int, comment_id: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    comment = thing_in(workspace, Comment.objects.all(), pk=comment_id, update_id=update_id)
    actions.restore_comment(comment, by=request.user)
    return done(request, to=comment.get_absolute_url(), message=_("Comment restored."))


def _find(workspace: Workspace, update_id: int, comment_id: int) -> Comment:
    """Not below a deleted update."""
    rows = Comment.objects.live().filter(update__deleted_at=None)
    return thing_in(workspace, rows, pk=comment_id, update_id=update_id)


def _post(request: HttpRequest, pk: int, update_id: int, action: Action) -> HttpResponse:
    workspace = workspace_for(request, pk)
    update = thing_in(workspace, Update.objects.live(), pk=update_id)
    require(request.user, action, update)
    form = CommentForm(request.POST)
    if form.is_valid():
        parent_id = form.cleaned_data["parent"]
        parent = get_object_or_404(update.comments.all(), pk=parent_id) if parent_id else None
        give = actions.give_feedback if action is Action.FEEDBACK_GIVE else actions.comment_on
        comment = give(update, text=form.cleaned_data["text"], parent=parent, by=request.user)
        if not is_htmx(request):
            return redirect(comment.get_absolute_url())
    context: dict[str, Any] = {"update": queries.one_update(workspace, update)}
    if not form.is_valid():
        context["answer_form"] = form
    status = 200 if form.is_valid() else 422
    if is_htmx(request):
        return piece(request, "workspaces/updates/_update.html", {"workspace": workspace, **context}, status=status)
    return render(
        request,
        "workspaces/updates/show.html",
        frame(workspace, request.user, "updates", alone=True, **context),
        status=status,
    )
