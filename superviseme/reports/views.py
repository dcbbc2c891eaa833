from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from superviseme.policy.actions import Action
from superviseme.site.values import setting
from superviseme.theses.levels import Level, level_choices
from superviseme.web.access import signed_in
from superviseme.web.sheets import FORMATS, download
from superviseme.web.time import today

from . import actions
from .scope import Scope
from .table import REPORTS, Report

SHOWN = 200  # rows on a page; all are in the file


@signed_in("GET", action=Action.SITE_MANAGE)
def whole(request: HttpRequest, key: str = "states") -> HttpResponse:
    return _page(request, _report(key), own=False)


@signed_in("POST", action=Action.SITE_MANAGE)
def whole_export(request: HttpRequest, key: str) -> HttpResponse:
    return _export(request, _report(key), own=False)


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def own(request: HttpRequest, key: str = "states") -> HttpResponse:
    return _page(request, _report(key), own=True)


@signed_in("POST", action=Action.OWN_SUPERVISION_VIEW)
def own_export(request: HttpRequest, key: str) -> HttpResponse:
    return _export(request, _report(key), own=True)


def _page(request: HttpRequest, report: Report, *, own: bool) -> HttpResponse:
    level = request.GET.get("level", "")
    table = report.make(_scope(request, own, level))
    name = "own_report" if own else "report"
    context = {
        "report": report,
        "table": table,
        "rows": table.rows[:SHOWN],
        "more": len(table.rows) - SHOWN,
        "own": own,
        "here": reverse(name, args=[report.key]),
        "export_url": reverse(f"{name}_export", args=[report.key]),
        "tabs": [
            {"label": one.title, "href": reverse(name, args=[one.key]), "active": one is report}
            for one in REPORTS.values()
        ],
        "level": level,
        "levels": level_choices(),
        "silence_days": setting("silence_days"),
    }
    return render(request, "reports/page.html", context)


def _export(request: HttpRequest, report: Report, *, own: bool) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in FORMATS:
        raise Http404
    table = report.make(_scope(request, own, request.POST.get("level", "")))
    actions.record_export(report=report.key, kind=kind, own=own, by=request.user)
    return download(kind, f"{report.key}-{today().isoformat()}", [c.label for c in table.columns], table.rows)


def _scope(request: HttpRequest, own: bool, level: str) -> Scope:
    return Scope(of=request.user if own else None, level=level if level in Level.values else "")


def _report(key: str) -> Report:
    if key not in REPORTS:
        raise Http404
    return REPORTS[key]
