from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.sheets import FORMATS, download
from superviseme.web.time import today

from . import actions, queries
from .forms import Filter

MOST = 100_000


@signed_in("GET", action=Action.AUDIT_VIEW)
def audit(request: HttpRequest) -> HttpResponse:
    form, wanted = _filter(request.GET)
    page = queries.page_of(wanted, after=request.GET.get("after", ""))
    return render(request, "ops/audit/page.html", {"page": page, "form": form, "filtered": any(wanted.values())})


@signed_in("POST", action=Action.AUDIT_VIEW)
def export(request: HttpRequest) -> HttpResponse:
    _form, wanted = _filter(request.POST)
    actions.record_export(by=request.user, wanted=wanted)
    columns = [_("Time (UTC)"), _("Who"), _("What"), _("Kind"), _("Workspace"), _("Title")]
    kind = request.POST.get("kind", "csv")
    return download(kind if kind in FORMATS else "csv", f"audit-{today().isoformat()}", columns, _rows(wanted))


def _filter(values: Any) -> tuple[Filter, dict[str, Any]]:
    form = Filter(values)
    form.is_valid()
    return form, form.cleaned_data


def _rows(wanted: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    found = queries.events(wanted).order_by("-at", "-pk")[:MOST]
    rows = found.iterator(chunk_size=500)
    while some := list(islice(rows, 500)):
        for line in queries.lines(some):
            yield line.at, line.who, line.says, line.verb, line.workspace, line.place
