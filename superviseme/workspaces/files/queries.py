"""Files shaped for the page: one row a document, its newest version first."""

from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from superviseme.web.paging import Page, keyset_page
from superviseme.web.prepared import give, prepared

from ..room.models import Workspace
from .models import Document, FileVersion


def files_page(workspace: Workspace, *, after: str = "", category: str = "") -> Page:
    """What was renewed last comes first."""
    page = keyset_page(_documents(workspace.pk, category or None), order=("-renewed_at", "-pk"), after=after)
    give(page.rows, "versions", _versions([d.pk for d in page.rows]).fetch(), by="document_id")
    for document in page.rows:
        document.workspace = workspace
    return page


def categories(workspace: Workspace) -> list[str]:
    """The words in use here."""
    return _categories(workspace.pk).fetch()


@prepared
def _documents(workspace: int, category: str | None) -> QuerySet:
    newest = FileVersion.objects.filter(document=OuterRef("pk")).order_by("-number").values("uploaded_at")[:1]
    rows = Document.objects.live().filter(workspace=workspace).select_related("created_by")
    rows = rows.annotate(renewed_at=Coalesce(Subquery(newest), F("created_at")))
    return rows.filter(category=category) if category else rows


@prepared
def _versions(documents: list[int]) -> QuerySet:
    return FileVersion.objects.filter(document__in=documents).select_related("uploaded_by").order_by("-number")


@prepared
def _categories(workspace: int) -> QuerySet:
    rows = Document.objects.filter(workspace=workspace, deleted_at=None).exclude(category="")
    return rows.order_by("category").values_list("category", flat=True).distinct()[:30]


def with_versions(rows: QuerySet) -> Any:
    versions = FileVersion.objects.select_related("uploaded_by").order_by("-number")
    return rows.select_related("created_by").prefetch_related(Prefetch("versions", versions))
