"""Updates of a workspace with their answers: comments and feedback."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field
from ninja.responses import Status

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.workspaces.models import Comment, Update
from superviseme.workspaces.room.access import thing_in, workspace_for
from superviseme.workspaces.updates import actions
from superviseme.workspaces.updates.forms import CommentForm, TagForm, UpdateForm
from superviseme.workspaces.updates.models import UpdateKind
from superviseme.workspaces.updates.queries import one_update, updates_page
from superviseme.workspaces.updates.views import require_any

from ..tokens.models import Area
from .doors import Room, listed, rows_of
from .takes import Change, Number, Sent, Words, fit, json_of, sent
from .things import UpdateOut

room = Room(Area.WORKSPACES, "Updates")
ALL = "/workspaces/{int:pk}/updates"
ONE = f"{ALL}/{{int:update_id}}"
ANSWER = f"{ONE}/comments/{{int:comment_id}}"
Kind = Literal[tuple(UpdateKind.values)]  # type: ignore[valid-type]  # the words stand in one table
Tag = Annotated[str, Field(min_length=1, max_length=50, pattern="^[^,]+$")]


class UpdateIn(Sent):
    kind: Kind  # type: ignore[valid-type]  # as above
    text: Words
    tags: Annotated[list[Tag], Field(max_length=20)] = []


class UpdateChange(Change):
    kind: Kind = ""  # type: ignore[valid-type]  # as above
    text: Words = ""


class TagsIn(Sent):
    words: Annotated[list[Tag], Field(min_length=1, max_length=20)]


class AnswerIn(Sent):
    text: Words
    parent: Number | None = None


class AnswerChange(Change):
    text: Words = ""


@room.answers("GET", ALL, "updates", gives=rows_of(UpdateOut), says="The newest first, with their answers")
def index(request: HttpRequest, pk: int, after: str = "", kind: Kind | None = None, tag: str = "") -> Any:  # type: ignore[valid-type]  # as above
    return listed(updates_page(workspace_for(request, pk), after=after, kind=kind or "", tag=tag))


@room.answers("GET", ONE, "update", gives=UpdateOut, says="One update")
def show(request: HttpRequest, pk: int, update_id: int) -> Any:
    return _shown(_find(request, pk, update_id))


@room.answers("POST", ALL, "updates", gives=UpdateOut, status=201, takes=json_of(UpdateIn), says="Post one")
def post(request: HttpRequest, pk: int) -> Any:
    workspace = workspace_for(request, pk)
    require_any(request, workspace)
    body = sent(request, UpdateIn)
    data = fit(UpdateForm({**body, "tags": ",".join(body.get("tags", []))}, may_give_feedback=True))
    update = actions.post_update(workspace, kind=data["kind"], text=data["text"], tags=data["tags"], by=request.user)
    return Status(201, one_update(workspace, update))


@room.answers("PATCH", ONE, "update", gives=UpdateOut, takes=json_of(UpdateChange), says="Change the own one")
def change(request: HttpRequest, pk: int, update_id: int) -> Any:
    update = _find(request, pk, update_id)
    require(request.user, Action.UPDATE_EDIT, update)
    body = {"kind": update.kind, "text": update.text, **sent(request, UpdateChange)}
    data = fit(UpdateForm(body, may_give_feedback=True))
    actions.edit_update(update, kind=data["kind"], text=data["text"], version=data["version"], by=request.user)
    return _shown(update)


@room.answers("POST", f"{ONE}/tags", "update_tags", gives=UpdateOut, takes=json_of(TagsIn), says="Add tags")
def tags(request: HttpRequest, pk: int, update_id: int) -> Any:
    update = _find(request, pk, update_id)
    require(request.user, Action.UPDATE_TAG, update)
    data = fit(TagForm({"words": ",".join(sent(request, TagsIn)["words"])}))
    actions.tag_update(update, words=data["words"], by=request.user)
    return _shown(update)


@room.answers("POST", f"{ONE}/deletion", "update_deletion", gives=None, status=204, says="Delete it")
def deletion(request: HttpRequest, pk: int, update_id: int) -> Any:
    actions.delete_update(_find(request, pk, update_id), by=request.user)
    return Status(204, None)


@room.answers("POST", f"{ONE}/restoration", "update_restoration", gives=UpdateOut, says="Take the deletion back")
def restoration(request: HttpRequest, pk: int, update_id: int) -> Any:
    update = thing_in(workspace_for(request, pk), Update.objects.all(), pk=update_id)
    actions.restore_update(update, by=request.user)
    return _shown(update)


@room.answers(
    "POST", f"{ONE}/comments", "comments", gives=UpdateOut, status=201, takes=json_of(AnswerIn), says="Answer"
)
def comment(request: HttpRequest, pk: int, update_id: int) -> Any:
    return Status(201, _answered(request, _find(request, pk, update_id), Action.COMMENT_POST, actions.comment_on))


@room.answers(
    "POST", f"{ONE}/feedback", "feedback", gives=UpdateOut, status=201, takes=json_of(AnswerIn), says="Give feedback"
)
def feedback(request: HttpRequest, pk: int, update_id: int) -> Any:
    return Status(201, _answered(request, _find(request, pk, update_id), Action.FEEDBACK_GIVE, actions.give_feedback))


@room.answers("PATCH", ANSWER, "comment", gives=UpdateOut, takes=json_of(AnswerChange), says="Change the own answer")
def change_comment(request: HttpRequest, pk: int, update_id: int, comment_id: int) -> Any:
    found = _comment(request, pk, update_id, comment_id)
    require(request.user, Action.COMMENT_EDIT, found)
    data = fit(CommentForm({"text": found.text, **sent(request, AnswerChange)}))
    actions.edit_comment(found, text=data["text"], version=data["version"], by=request.user)
    return _shown(found.update)


@room.answers("POST", f"{ANSWER}/deletion", "comment_deletion", gives=None, status=204, says="Delete it")
def delete_comment(request: HttpRequest, pk: int, update_id: int, comment_id: int) -> Any:
    actions.delete_comment(_comment(request, pk, update_id, comment_id), by=request.user)
    return Status(204, None)


@room.answers("POST", f"{ANSWER}/restoration", "comment_restoration", gives=UpdateOut, says="Take the deletion back")
def restore_comment(request: HttpRequest, pk: int, update_id: int, comment_id: int) -> Any:
    found = _comment(request, pk, update_id, comment_id, gone=True)
    actions.restore_comment(found, by=request.user)
    return _shown(found.update)


def _find(request: HttpRequest, pk: int, update_id: int) -> Any:
    workspace = workspace_for(request, pk)
    return thing_in(workspace, Update.objects.live().select_related("created_by"), pk=update_id)


def _comment(request: HttpRequest, pk: int, update_id: int, comment_id: int, *, gone: bool = False) -> Any:
    """Not below a deleted update."""
    rows = Comment.objects.filter(update__deleted_at=None) if gone else Comment.objects.live()
    found = thing_in(
        workspace_for(request, pk),
        rows.filter(update__deleted_at=None).select_related("update"),
        pk=comment_id,
        update_id=update_id,
    )
    found.update.workspace = found.workspace
    return found


def _shown(update: Update) -> Update:
    return one_update(update.workspace, update)


def _answered(request: HttpRequest, update: Update, action: Action, give: Any) -> Update:
    require(request.user, action, update)
    data = fit(CommentForm(sent(request, AnswerIn)))
    parent = get_object_or_404(update.comments.all(), pk=data["parent"]) if data["parent"] else None
    give(update, text=data["text"], parent=parent, by=request.user)
    return _shown(update)
