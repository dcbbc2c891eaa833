"""Publications as pages show them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from superviseme.accounts.models import Person
from superviseme.web.paging import Page, keyset_page
from superviseme.workspaces.models import Workspace

from . import same
from .bibtex.read import Read
from .kinds import Section
from .models import Publication, PublicationLink

DELETED = "deleted"
TABS = (*Section.values, DELETED)


def listed(person: Person, *, tab: str, q: str = "", after: str = "") -> Page:
    """One page of a tab, newest first."""
    rows = Publication.objects.visible_to(person)
    rows = rows.exclude(deleted_at=None) if tab == DELETED else rows.live().filter(section=tab)
    for word in q.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(venue__icontains=word) | Q(published__startswith=word))
    links = PublicationLink.objects.filter(workspace__deleted_at=None).select_related("workspace")
    return keyset_page(rows.prefetch_related(Prefetch("links", links)), order=("-published", "-pk"), after=after)


def counts(person: Person) -> dict[str, int]:
    live = {section: Count("pk", filter=Q(section=section, deleted_at=None)) for section in Section.values}
    return Publication.objects.visible_to(person).aggregate(**live, deleted=Count("pk", filter=~Q(deleted_at=None)))


def to_export(person: Person, chosen: Iterable[str] = ()) -> QuerySet[Publication]:
    """Works only: a position or a grant is no publication. Nothing chosen means all."""
    rows = Publication.objects.visible_to(person).live().filter(section=Section.WORK).order_by("-published", "-pk")
    numbers = [int(one) for one in chosen if one.isascii() and one.isdigit() and len(one) < 19]
    return rows.filter(pk__in=numbers) if numbers else rows


def preview(entries: list[Read], person: Person) -> list[dict[str, Any]]:
    """What an import would do with each entry."""
    known = same.index(Publication.objects.live().filter(owner=person, section=Section.WORK).order_by("pk"))
    seen: dict[same.Key, Read] = {}
    found = []
    for entry in entries:
        twin = None if entry.problem else same.find(known, entry)
        twice = not entry.problem and twin is None and any(key in seen for key in same.keys(entry))
        seen |= {} if entry.problem else dict.fromkeys(same.keys(entry), entry)
        found.append({"entry": entry, "twin": twin, "twice": twice})
    return found


def linked_in(workspace: Workspace, after: str = "") -> Page:
    rows = PublicationLink.objects.filter(workspace=workspace, publication__deleted_at=None)
    rows = rows.select_related("publication__owner")
    page = keyset_page(rows, order=("-publication__published", "-pk"), after=after)
    for link in page.rows:
        link.workspace = workspace  # as it was fetched, with its seats: the law is asked of each
    return page


def linkable(person: Person, workspace: Workspace) -> list[tuple[int, str]]:
    """The own works that do not stand in this workspace yet, newest first."""
    rows = Publication.objects.visible_to(person).live().filter(section=Section.WORK)
    rows = rows.exclude(links__workspace=workspace).order_by("-published", "-pk")[:300]
    return [(one.pk, f"{one.title[:90]} ({one.year})" if one.year else one.title[:90]) for one in rows]
