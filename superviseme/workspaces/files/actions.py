"""What people do with files and links: require, change, save, announce. Bytes are stored before (storage.keep)."""

from typing import Any

from django.db import transaction

from superviseme.accounts.models import Person
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import require

from ..room.actions import lock_open, restore_thing
from ..room.models import Workspace
from ..things import edit, mark_deleted, next_number, recent_twin
from .kinds import title_from
from .models import Document, DocumentKind, FileVersion
from .quota import make_room
from .storage import Stored


@transaction.atomic
def add_file(
    workspace: Workspace,
    *,
    stored: Stored,
    by: Person,
    title: str = "",
    description: str = "",
    category: str = "",
    told_by_update: bool = False,
) -> Document:
    """A new document with its first version, titled by its name when it has no title."""
    require(by, Action.FILE_ADD, workspace)
    lock_open(workspace)
    title = title or title_from(stored.filename)[:200]
    rows = Document.objects.filter(workspace=workspace, kind=DocumentKind.FILE, versions__sha256=stored.sha256)
    twin = recent_twin(rows, by=by, title=title, description=description, category=category)
    if twin:
        return twin
    make_room(workspace, stored.size)
    number = next_number(workspace, "last_file")
    document = Document.objects.create(
        workspace=workspace,
        number=number,
        kind=DocumentKind.FILE,
        title=title,
        description=description,
        category=category,
        created_by=by,
    )
    _add_version(document, 1, stored, by, "")
    announce(Verb.FILE_ADDED, document, by=by, but=list(workspace.seats) if told_by_update else ())
    return document


@transaction.atomic
def add_files(
    workspace: Workspace,
    *,
    stored: list[Stored],
    by: Person,
    title: str = "",
    description: str = "",
    category: str = "",
) -> list[Document]:
    """Each file becomes a document, all or none of them; a title is for a single one."""
    about = {"title": title if len(stored) == 1 else "", "description": description, "category": category}
    return [add_file(workspace, stored=one, by=by, **about) for one in stored]  # type: ignore[arg-type]  # all are texts


@transaction.atomic
def add_link(
    workspace: Workspace, *, url: str, title: str, by: Person, description: str = "", category: str = ""
) -> Document:
    """An address elsewhere, http or https only (the database holds that too)."""
    require(by, Action.FILE_ADD, workspace)
    lock_open(workspace)
    fields = {"kind": DocumentKind.LINK, "url": url, "title": title, "description": description, "category": category}
    twin = recent_twin(Document.objects.filter(workspace=workspace), by=by, **fields)
    if twin:
        return twin
    document = Document.objects.create(
        workspace=workspace, number=next_number(workspace, "last_file"), created_by=by, **fields
    )
    announce(Verb.FILE_ADDED, document, by=by)
    return document


@transaction.atomic
def add_version(document: Document, *, stored: Stored, by: Person, note: str = "") -> FileVersion:
    """The next version; the newest one itself when its bytes are the same."""
    require(by, Action.FILE_ADD, document)
    lock_open(document.workspace)
    newest = FileVersion.objects.filter(document=document).order_by("-number").first()
    if newest and newest.sha256 == stored.sha256:
        return newest
    make_room(document.workspace, stored.size)
    version = _add_version(document, newest.number + 1 if newest else 1, stored, by, note)
    announce(Verb.FILE_VERSION_ADDED, document, by=by, version=version.number)
    return version


@transaction.atomic
def edit_document(document: Document, *, by: Person, version: int | None = None, **changes: Any) -> Document:
    """Title, description, category, and the url of a link."""
    require(by, Action.FILE_EDIT, document)
    lock_open(document.workspace)
    if all(getattr(document, name) == value for name, value in changes.items()):
        return document
    edit(document, version=version, **changes)
    announce(Verb.FILE_EDITED, document, by=by)
    return document


@transaction.atomic
def delete_document(document: Document, *, by: Person) -> None:
    require(by, Action.FILE_DELETE, document)
    lock_open(document.workspace)
    as_it_is_now = Document.objects.select_related("workspace").get(pk=document.pk)
    require(by, Action.FILE_DELETE, as_it_is_now)  # it may have been handed in meanwhile
    if mark_deleted(document, by=by):
        announce(Verb.FILE_DELETED, document, by=by)


def restore_document(document: Document, *, by: Person) -> None:
    restore_thing(document, Action.FILE_RESTORE, Verb.FILE_RESTORED, by=by)


def _add_version(document: Document, number: int, stored: Stored, by: Person, note: str) -> FileVersion:
    return FileVersion.objects.create(
        document=document,
        number=number,
        sha256=stored.sha256,
        size=stored.size,
        content_type=stored.content_type,
        filename=stored.filename,
        note=note,
        uploaded_by=by,
    )
