"""Removes for good what was deleted long ago, with everything below it. The audit keeps its events."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.publications.models import ORCID, Publication
from superviseme.search.models import SearchEntry
from superviseme.site.values import setting
from superviseme.theses.models import Interest, Topic
from superviseme.web.fence import FREE, Fence
from superviseme.web.time import now
from superviseme.workspaces.files.sweep import sweep
from superviseme.workspaces.models import (
    Attachment,
    Comment,
    Document,
    FileVersion,
    Goal,
    Meeting,
    Milestone,
    Todo,
    Update,
    Workspace,
)


def kept() -> timedelta:
    """How long what was deleted can be restored."""
    return timedelta(days=setting("retention_days"))


def purge_deleted(fence: Fence = FREE) -> str:
    """Everything whose days are over; one transaction each, so that it can be cut off anywhere."""
    over = Q(deleted_at__lt=now() - kept())
    purged = 0
    for model, purge in PURGES.items():
        for thing in model._default_manager.filter(over).order_by("pk").iterator(chunk_size=200):
            fence()
            with transaction.atomic():
                purged += purge(thing) is not False
    return f"{purged} removed" if purged else ""


def remove_unnamed_contents(fence: Fence = FREE) -> str:
    removed = sweep(fence)
    return f"{removed} removed" if removed else ""


@transaction.atomic
def purge_now(thing: Any, *, by: Person) -> None:
    """Before its days are over, and not to be taken back."""
    require(by, Action.PURGE, thing)
    if isinstance(thing, Workspace):
        purge_workspace(thing, by=by)
        return
    announce(Verb.THING_PURGED, thing, by=by, link="")
    if PURGES[type(thing)](thing) is False:
        raise NotAllowed(_("This is kept: it was handed in, or others have answered it."))


def purge_workspace(workspace: Workspace, by: Person | None = None) -> None:
    announce(Verb.WORKSPACE_PURGED, workspace, by=by, link="")
    drop_workspace(workspace)


def drop_workspace(workspace: Workspace) -> None:
    """The rows, without a word; for actions that have said it."""
    mine = {"workspace": workspace}
    _drop_satellite(workspace)
    Attachment.objects.filter(update__workspace=workspace).delete()
    for model in (Todo, Goal, Milestone, Meeting):
        _drop(model.objects.filter(**mine))
    _drop_comments(Comment.objects.filter(**mine))
    _drop(Update.objects.filter(**mine))
    FileVersion.objects.filter(document__workspace=workspace).delete()
    _drop(Document.objects.filter(**mine))
    SearchEntry.objects.filter(workspace_number=workspace.pk).delete()
    _drop(Workspace.objects.filter(pk=workspace.pk))


def _drop_satellite(workspace: Workspace) -> None:
    thesis = getattr(workspace, "thesis", None)
    if thesis:
        Interest.objects.filter(thesis=thesis).update(thesis=None)
        thesis.submissions.all().delete()
        thesis.evaluations.all().delete()
        thesis.delete()
    project = getattr(workspace, "project", None)
    if project:
        project.delete()


def purge_topic(topic: Topic) -> None:
    topic.theses.update(topic=None)
    topic.interests.all().delete()
    _drop(Topic.objects.filter(pk=topic.pk))


def purge_update(update: Update) -> None:
    _drop_comments(Comment.objects.filter(update=update))
    _drop(Update.objects.filter(pk=update.pk))


def purge_comment(comment: Comment) -> bool:
    """Waits for the answers below it, which may be anybody's."""
    if comment.replies.exists():
        return False
    _drop(Comment.objects.filter(pk=comment.pk))
    return True


def purge_meeting(meeting: Meeting) -> None:
    meeting.actions.update(meeting=None)
    _drop(Meeting.objects.filter(pk=meeting.pk))


def purge_document(document: Document) -> bool:
    """The bytes stay until no version names them (files/sweep.py); what was handed in stays whole."""
    if document.is_locked:
        return False
    Attachment.objects.filter(version__document=document).delete()
    document.versions.all().delete()
    _drop(Document.objects.filter(pk=document.pk))
    return True


def purge_publication(publication: Publication) -> bool:
    """One of ORCID's that its owner deleted is remembered, or reading the record again would bring it back."""
    if publication.source == ORCID and publication.deleted_by_id:
        return False
    _drop(Publication.objects.filter(pk=publication.pk))
    return True


def _purge_leaf(thing: Any) -> None:
    _drop(type(thing).objects.filter(pk=thing.pk))


def _drop_comments(comments: models.QuerySet[Comment]) -> None:
    _drop(comments.filter(parent__isnull=False))
    _drop(comments)


def _drop(rows: models.QuerySet) -> None:
    label = rows.model._meta.label_lower
    SearchEntry.objects.filter(thing=label, thing_id__in=list(rows.values_list("pk", flat=True))).delete()
    rows.delete()


PURGES: dict[type[models.Model], Callable[[Any], bool | None]] = {
    Workspace: purge_workspace,
    Topic: purge_topic,
    Comment: purge_comment,
    Update: purge_update,
    Todo: _purge_leaf,
    Goal: _purge_leaf,
    Milestone: _purge_leaf,
    Meeting: purge_meeting,
    Document: purge_document,
    Publication: purge_publication,
}
