"""Files shaped for the page: one row a document, its newest version first."""

from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from superviseme.web.paging import Page, keyset_page

from ..room.models import Workspace
from .models import Document, FileVersion


def files_page(workspace: Workspace, *, after: str = "", category: str = "") -> Page:
    """What was renewed last comes first."""
    newest = FileVersion.objects.filter(document=OuterRef("pk")).order_by("-number").values("uploaded_at")[:1]
    rows = with_versions(Document.objects.live().filter(workspace=workspace)).annotate(
        renewed_at=Coalesce(Subquery(newest), F("created_at"))
    )
    if category:
        rows = rows.filter(category=category)
    page = keyset_page(rows, order=("-renewed_at", "-pk"), after=after)
    for document in page.rows:
        document.workspace = workspace
    return page


def categories(workspace: Workspace) -> list[str]:
    """The words in use here."""
    rows = Document.objects.filter(workspace=workspace, deleted_at=None).exclude(category="")
    return list(rows.order_by("category").values_list("category", flat=True).distinct()[:30])


def with_versions(rows: QuerySet) -> Any:
    versions = FileVersion.objects.select_related("uploaded_by").order_by("-number")
    return rows.select_related("created_by").prefetch_related(Prefetch("versions", versions))
