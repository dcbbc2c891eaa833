from itertools import chain

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.sheets import FORMATS, download

from . import actions
from .about_me import everything_about, picture_of
from .archive import filename, of_documents, of_everything, zipped
from .tables import exported


@signed_in("GET", action=Action.SITE_MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    tables = [{"name": t.name, "columns": len(t.columns), "rows": t.count()} for t in exported().values()]
    return render(request, "ops/exports/page.html", {"tables": tables})


@signed_in("POST", action=Action.SITE_MANAGE)
def everything(request: HttpRequest) -> HttpResponse:
    kind = _kind(request)
    actions.record_export(table="", kind=kind, by=request.user)
    return zipped(of_everything(kind), filename(f"everything-as-{kind}", "zip"))


@signed_in("POST", action=Action.SITE_MANAGE)
def table(request: HttpRequest, name: str) -> HttpResponse:
    kind, found = _kind(request), exported().get(name)
    if found is None:
        raise Http404
    actions.record_export(table=name, kind=kind, by=request.user)
    return download(kind, filename(name, "x").removesuffix(".x"), found.columns, found.rows())


@signed_in("POST")
def own(request: HttpRequest) -> HttpResponse:
    """Everything about who asks."""
    actions.record_own_export(by=request.user)
    file = of_documents(chain(everything_about(request.user), picture_of(request.user)))
    return zipped(file, filename("about-me", "zip"))


def _kind(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    if kind not in FORMATS:
        raise Http404
    return kind
