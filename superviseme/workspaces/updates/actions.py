"""What people do with updates: require, change, save, announce."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.search.index import reindex

from ..files.actions import add_file
from ..files.storage import Stored
from ..room.actions import delete_thing, lock_open, restore_thing
from ..room.models import Workspace
from ..room.naming import Names
from ..things import edit, recent_twin
from ..todos import references
from .models import Attachment, Comment, Tag, Update, UpdateKind


@transaction.atomic
def post_update(
    workspace: Workspace, *, kind: str, text: str, by: Person, tags: Iterable[str] = (), files: Iterable[Stored] = ()
) -> Update:
    """A new update; of kind feedback only for those who may give feedback. Each of `files` becomes a document of the workspace."""
    files = list(files)
    feedback = kind == UpdateKind.FEEDBACK
    require(by, Action.FEEDBACK_GIVE if feedback else Action.UPDATE_POST, workspace)
    lock_open(workspace)
    twin = recent_twin(Update.objects.filter(workspace=workspace), by=by, kind=kind, text=text)
    if twin and {f.sha256 for f in files} == {a.version.sha256 for a in twin.attachments.select_related("version")}:
        return twin
    update = Update.objects.create(workspace=workspace, kind=kind, text=text, created_by=by)
    _tag(update, tags, by)
    _attach(update, files, by)
    references.rebuild(workspace, text, update=update)
    _announce(Verb.FEEDBACK_GIVEN if feedback else Verb.UPDATE_POSTED, update, by=by)
    return update


@transaction.atomic
def edit_update(update: Update, *, kind: str, text: str, by: Person, version: int | None = None) -> Update:
    """`version` is the one the form was opened with; raises Stale when another edit came first."""
    require(by, Action.UPDATE_EDIT, update)
    if UpdateKind.FEEDBACK in (kind, update.kind):
        require(by, Action.FEEDBACK_GIVE, update.workspace)
    lock_open(update.workspace)
    before = update.text
    changed = edit(update, version=version, kind=kind, text=text)
    references.rebuild(update.workspace, text, update=update)
    if changed:
        _announce(Verb.UPDATE_EDITED, update, by=by, before=before)
    return update


@transaction.atomic
def delete_update(update: Update, *, by: Person) -> None:
    delete_thing(update, Action.UPDATE_DELETE, Verb.UPDATE_DELETED, by=by)
    _reindex_answers(update)


@transaction.atomic
def restore_update(update: Update, *, by: Person) -> None:
    restore_thing(update, Action.UPDATE_RESTORE, Verb.UPDATE_RESTORED, by=by)
    _reindex_answers(update)


@transaction.atomic
def comment_on(update: Update, *, text: str, by: Person, parent: Comment | None = None) -> Comment:
    require(by, Action.COMMENT_POST, update)
    return _answer(update, text=text, by=by, parent=parent, is_feedback=False)


@transaction.atomic
def give_feedback(update: Update, *, text: str, by: Person, parent: Comment | None = None) -> Comment:
    """A comment marked as feedback."""
    require(by, Action.FEEDBACK_GIVE, update)
    return _answer(update, text=text, by=by, parent=parent, is_feedback=True)


@transaction.atomic
def edit_comment(comment: Comment, *, text: str, by: Person, version: int | None = None) -> Comment:
    require(by, Action.COMMENT_EDIT, comment)
    lock_open(comment.workspace)
    before = comment.text
    changed = edit(comment, version=version, text=text)
    references.rebuild(comment.workspace, text, comment=comment)
    if changed:
        _announce(Verb.COMMENT_EDITED, comment, by=by, before=before)
    return comment


def delete_comment(comment: Comment, *, by: Person) -> None:
    delete_thing(comment, Action.COMMENT_DELETE, Verb.COMMENT_DELETED, by=by)


def restore_comment(comment: Comment, *, by: Person) -> None:
    restore_thing(comment, Action.COMMENT_RESTORE, Verb.COMMENT_RESTORED, by=by)


@transaction.atomic
def tag_update(update: Update, *, words: Iterable[str], by: Person) -> list[Tag]:
    """Add tags; one that is there already, in any case, stays as it is. Returns the new ones."""
    require(by, Action.UPDATE_TAG, update)
    lock_open(update.workspace)
    new = _tag(update, words, by)
    for tag in new:
        announce(Verb.UPDATE_TAGGED, update, by=by, title=tag.word)
    return new


@transaction.atomic
def untag_update(tag: Tag, *, by: Person) -> None:
    require(by, Action.UPDATE_TAG, tag.update)
    lock_open(tag.update.workspace)
    word, update = tag.word, tag.update
    tag.delete()
    announce(Verb.UPDATE_UNTAGGED, update, by=by, title=word)


def _answer(update: Update, *, text: str, by: Person, parent: Comment | None, is_feedback: bool) -> Comment:
    if parent is not None and parent.update_id != update.pk:
        raise NotAllowed(_("The answer belongs to another update."))
    if parent is not None and parent.parent_id:
        parent = parent.parent  # threads are indented once
    lock_open(update.workspace)
    twin = recent_twin(Comment.objects.filter(update=update, parent=parent), by=by, text=text, is_feedback=is_feedback)
    if twin:
        return twin
    comment = Comment.objects.create(
        workspace=update.workspace, update=update, parent=parent, text=text, is_feedback=is_feedback, created_by=by
    )
    references.rebuild(update.workspace, text, comment=comment)
    _announce(Verb.FEEDBACK_GIVEN if is_feedback else Verb.COMMENT_POSTED, comment, by=by)
    return comment


def _announce(verb: Verb, thing: Update | Comment, *, by: Person, before: str = "") -> None:
    """Whom the text names, and did not name before, hears that instead."""
    named: set[int] = set()
    if "@" in thing.text:
        names = Names(thing.workspace)
        named = names.named_in(thing.text) - names.named_in(before) - {by.pk}
    announce(verb, thing, by=by, but=named)
    if named:
        announce(Verb.MENTIONED, thing, by=by, to=named)


def _reindex_answers(update: Update) -> None:
    """They are found as long as their update can be read."""
    for comment in update.comments.all():
        reindex(comment)


def _attach(update: Update, files: Iterable[Stored], by: Person) -> None:
    for stored in files:
        document = add_file(update.workspace, stored=stored, told_by_update=True, by=by)
        Attachment.objects.get_or_create(update=update, version=document.versions.order_by("number")[0])


def _tag(update: Update, words: Iterable[str], by: Person) -> list[Tag]:
    have = set(update.tags.values_list("folded", flat=True))
    new = {w.casefold(): w for w in words if w.casefold() not in have}
    return Tag.objects.bulk_create([Tag(update=update, word=w, folded=f, added_by=by) for f, w in new.items()])
