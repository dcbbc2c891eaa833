"""What people write into their own list, and where they show it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from superviseme.accounts.models import Person
from superviseme.accounts.people.actions import hold
from superviseme.notifications.announce import announce
from superviseme.notifications.catalog import Verb
from superviseme.policy.actions import Action
from superviseme.policy.check import NotAllowed, require
from superviseme.web.answers import Stale
from superviseme.web.time import now
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.actions import lock_open

from . import same
from .bibtex.read import Read
from .bibtex.write import key
from .kinds import Section, section_called
from .models import BIBTEX, MANUAL, Publication, PublicationLink

MOST = 10_000  # of one person
TEXTS = ("kind", "title", "venue", "publisher", "volume", "issue", "pages", "published", "url")


@dataclass
class Imported:
    added: list[Publication] = field(default_factory=list)
    merged: list[Publication] = field(default_factory=list)


@transaction.atomic
def add_publication(*, by: Person, **fields: Any) -> Publication:
    """One typed by hand."""
    _make_room(by, 1)
    publication = Publication(owner=by, source=MANUAL, section=section_called(fields["kind"]), **fields)
    publication.created_at = now()
    publication.save()
    announce(Verb.PUBLICATION_ADDED, publication, by=by)
    return publication


@transaction.atomic
def edit_publication(publication: Publication, *, by: Person, version: int | None = None, **fields: Any) -> None:
    """From now on it stays as its owner wrote it, whatever ORCID says. Saved unchanged, nothing happens."""
    require(by, Action.PUBLICATION_EDIT, publication)
    if all(getattr(publication, name) == value for name, value in fields.items()):
        return
    fields |= {"section": section_called(fields["kind"]), "cited_as": key(publication)}
    mine = Publication.objects.filter(pk=publication.pk, version=publication.version if version is None else version)
    if mine.update(**fields, edited_at=now(), version=F("version") + 1) != 1:
        raise Stale(Publication.objects.get(pk=publication.pk))
    publication.refresh_from_db()
    announce(Verb.PUBLICATION_EDITED, publication, by=by)


@transaction.atomic
def delete_publication(publication: Publication, *, by: Person) -> None:
    require(by, Action.PUBLICATION_DELETE, publication)
    live = Publication.objects.filter(pk=publication.pk, deleted_at=None)
    if live.update(deleted_at=now(), deleted_by=by):
        announce(Verb.PUBLICATION_DELETED, publication, by=by)


@transaction.atomic
def restore_publication(publication: Publication, *, by: Person) -> None:
    require(by, Action.PUBLICATION_RESTORE, publication)
    if Publication.objects.filter(pk=publication.pk).exclude(deleted_at=None).update(deleted_at=None, deleted_by=None):
        announce(Verb.PUBLICATION_RESTORED, publication, by=by)


@transaction.atomic
def import_entries(entries: Iterable[Read], *, by: Person) -> Imported:
    """All of them or none. One that is there already is not doubled: what it lacks is filled in."""
    entries = [entry for entry in entries if not entry.problem]
    hold(by)
    known = same.index(Publication.objects.live().filter(owner=by, section=Section.WORK).order_by("pk"))
    result = Imported()
    for entry in entries:
        found = same.find(known, entry)
        if found is None:
            found = _from(entry, by)
            result.added.append(found)
        elif _fill(found, entry) and found not in result.added and found not in result.merged:
            result.merged.append(found)
        known |= {key: found for key in same.keys(found) if key not in known}
    _make_room(by, len(result.added))
    Publication.objects.bulk_create(result.added, batch_size=200)
    names = [*TEXTS, "authors", "identifiers", "cited_as", "edited_at"]
    Publication.objects.bulk_update(result.merged, names, batch_size=200)
    if result.added or result.merged:
        added, merged = len(result.added), len(result.merged)
        announce(Verb.PUBLICATIONS_IMPORTED, by, by=by, title="", link="/publications", added=added, merged=merged)
    return result


@transaction.atomic
def link_publication(publication: Publication, workspace: Workspace, *, by: Person) -> None:
    """Show one of one's own in a thesis or project."""
    require(by, Action.PUBLICATION_LINK, workspace)
    if publication.owner_id != by.pk or publication.deleted_at:
        raise NotAllowed(_("Only what stands in your own list can be linked."))
    lock_open(workspace)
    try:
        with transaction.atomic():
            link = PublicationLink.objects.create(
                publication=publication, workspace=workspace, linked_by=by, linked_at=now()
            )
    except IntegrityError:
        return  # it is there already
    announce(Verb.PUBLICATION_LINKED, link, by=by, title=publication.title, link=f"/w/{workspace.pk}/publications")


@transaction.atomic
def unlink_publication(link: PublicationLink, *, by: Person) -> None:
    require(by, Action.PUBLICATION_UNLINK, link)
    lock_open(link.workspace)
    title, number = link.publication.title, link.pk
    if PublicationLink.objects.filter(pk=link.pk).delete()[0]:
        link.pk = number
        announce(Verb.PUBLICATION_UNLINKED, link, by=by, title=title, link=f"/w/{link.workspace_id}/publications")


def _make_room(by: Person, more: int) -> None:
    if Publication.objects.live().filter(owner=by).count() + more > MOST:
        raise NotAllowed(_("At most %(n)s entries fit into one list.") % {"n": MOST})


def _from(entry: Read, by: Person) -> Publication:
    texts = {name: getattr(entry, name) for name in TEXTS}
    return Publication(
        owner=by, source=BIBTEX, authors=entry.authors, identifiers=entry.identifiers, created_at=now(), **texts
    )


def _fill(found: Publication, entry: Read) -> bool:
    """What is empty is filled in; says whether anything was."""
    before = (*(getattr(found, name) for name in TEXTS), list(found.authors), dict(found.identifiers or {}))
    found.cited_as = key(found) if found.pk else ""
    for name in TEXTS:
        if name != "kind" and not getattr(found, name):
            setattr(found, name, getattr(entry, name))
    found.authors = found.authors or entry.authors
    found.identifiers = {**entry.identifiers, **(found.identifiers or {})}
    changed = before != (*(getattr(found, name) for name in TEXTS), found.authors, found.identifiers)
    if changed:
        found.edited_at = now()
    return changed
