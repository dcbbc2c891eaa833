import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.time import today

from . import actions, queries
from .forms import Filter

MOST = 100_000
RISKY = ("=", "+", "-", "@", "\t", "\r")


@signed_in("GET", action=Action.AUDIT_VIEW)
def audit(request: HttpRequest) -> HttpResponse:
    form, wanted = _filter(request.GET)
    page = queries.page_of(wanted, after=request.GET.get("after", ""))
    return render(request, "ops/audit/page.html", {"page": page, "form": form, "filtered": any(wanted.values())})


@signed_in("POST", action=Action.AUDIT_VIEW)
def export(request: HttpRequest) -> HttpResponse:
    _form, wanted = _filter(request.POST)
    actions.record_export(by=request.user, wanted=wanted)
    response: Any = StreamingHttpResponse(_rows(wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{today().isoformat()}.csv"'
    return response


def _filter(values: Any) -> tuple[Filter, dict[str, Any]]:
    form = Filter(values)
    form.is_valid()
    return form, form.cleaned_data


class _Echo:
    def write(self, value: str) -> str:
        return value


def _rows(wanted: dict[str, Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([_("Time (UTC)"), _("Who"), _("What"), _("Kind"), _("Workspace"), _("Title")])
    found = queries.events(wanted).order_by("-at", "-pk")[:MOST]
    chunk: list[Any] = []
    for event in found.iterator(chunk_size=500):
        chunk.append(event)
        if len(chunk) == 500:
            yield from _written(writer, chunk)
            chunk = []
    yield from _written(writer, chunk)


def _written(writer: Any, events: list[Any]) -> Iterator[str]:
    for line in queries.lines(events):
        cells = [
            line.at.strftime("%Y-%m-%d %H:%M:%S"),
            line.who,
            line.says,
            line.verb,
            line.workspace or "",
            line.place,
        ]
        yield writer.writerow([harmless(str(cell)) for cell in cells])


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula becomes text."""
    return f"'{cell}" if cell.startswith(RISKY) else cell
