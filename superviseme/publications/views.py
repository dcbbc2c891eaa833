"""The own list: looking, writing, importing, exporting."""

import json
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import Stale, done
from superviseme.web.forms import posted
from superviseme.web.text import one_line

from . import actions, queries
from .bibtex.read import Unreadable, read
from .bibtex.write import bibtex
from .export.csl import csl
from .export.references import references
from .forms import Entry, Import
from .kinds import Section
from .models import Publication
from .orcid.views import standing


@signed_in("GET")
def index(request: HttpRequest) -> HttpResponse:
    tab, q = request.GET.get("tab", ""), one_line(request.GET.get("q", ""))[:200]
    tab = tab if tab in queries.TABS else Section.WORK.value
    context = {
        "tab": tab,
        "q": q,
        "page": queries.listed(request.user, tab=tab, q=q, after=request.GET.get("after", "")),
        "counts": queries.counts(request.user),
        "sections": Section.choices,
        **standing(request.user),
    }
    return render(request, "publications/index.html", context)


@signed_in("GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    form = Entry(posted(request))
    if request.method == "POST" and form.is_valid():
        added = actions.add_publication(by=request.user, **form.entry())
        return done(request, to=_tab(added), message=_("«%(title)s» is in your list.") % {"title": added.title})
    return render(request, "publications/entry.html", {"form": form}, status=422 if form.is_bound else 200)


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    publication = _found(request, pk)
    require(request.user, Action.PUBLICATION_EDIT, publication)
    form = Entry(posted(request), publication=publication)
    status = 422 if form.is_bound else 200
    current = None
    if request.method == "POST" and form.is_valid():
        save = partial(actions.edit_publication, publication, by=request.user, version=form.cleaned_data["version"])
        try:
            save(**form.entry())
        except Stale as stale:
            status, current = 409, stale.current
        else:
            return done(
                request, to=_tab(publication), message=_("«%(title)s» is saved.") % {"title": publication.title}
            )
    context = {"form": form, "publication": publication, "current": current}
    return render(request, "publications/entry.html", context, status=status)


@signed_in("POST")
def deletion(request: HttpRequest, pk: int) -> HttpResponse:
    publication = _found(request, pk)
    actions.delete_publication(publication, by=request.user)
    undo = reverse("publication_restoration", args=[pk])
    message = _("«%(title)s» deleted.") % {"title": publication.title}
    return done(request, to=_tab(publication), template="ui/_gone.html", message=message, undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int) -> HttpResponse:
    publication = _found(request, pk)
    actions.restore_publication(publication, by=request.user)
    return done(request, to=_tab(publication), message=_("«%(title)s» restored.") % {"title": publication.title})


@signed_in("GET", "POST")
def importing(request: HttpRequest) -> HttpResponse:
    """First a preview with what would happen to each entry, then, when it is confirmed, all of it at once."""
    form = Import(posted(request), request.FILES or None)
    if request.method == "GET":
        return render(request, "publications/import.html", {"form": form})
    if not form.is_valid():
        return render(request, "publications/import.html", {"form": form}, status=422)
    try:
        entries = read(form.cleaned_data["text"])
    except Unreadable as problem:
        form.add_error("text", str(problem.reason))
        return render(request, "publications/import.html", {"form": form}, status=422)
    if request.POST.get("confirmed"):
        return done(
            request, to=reverse("publications"), message=_imported(actions.import_entries(entries, by=request.user))
        )
    rows = queries.preview(entries, request.user)
    wrong = sum(1 for row in rows if row["entry"].problem)
    context = {"rows": rows, "text": form.cleaned_data["text"], "wrong": wrong, "right": len(rows) - wrong}
    return render(request, "publications/preview.html", context)


@signed_in("GET")
def export(request: HttpRequest) -> HttpResponse:
    """All works, or those chosen (`p`), as BibTeX, CSL-JSON or references to print."""
    rows, kind = queries.to_export(request.user, request.GET.getlist("p")), request.GET.get("format", "")
    if kind == "csl":
        text, name, type_ = (
            json.dumps(csl(rows), ensure_ascii=False, indent=1),
            "json",
            "application/vnd.citationstyles.csl+json",
        )
    elif kind == "references":
        text, name, type_ = references(rows), "txt", "text/plain"
    else:
        text, name, type_ = bibtex(rows), "bib", "application/x-bibtex"
    response = HttpResponse(text, content_type=f"{type_}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="publications.{name}"'
    return response


def _imported(result: actions.Imported) -> str:
    added, merged = len(result.added), len(result.merged)
    words = [ngettext("%(n)s entry added.", "%(n)s entries added.", added) % {"n": added}]
    if merged:
        words.append(
            ngettext("%(n)s there already was completed.", "%(n)s there already were completed.", merged)
            % {"n": merged}
        )
    return " ".join(words)


def _found(request: HttpRequest, pk: int) -> Publication:
    return get_object_or_404(Publication.objects.visible_to(request.user), pk=pk)


def _tab(publication: Publication) -> str:
    return f"{reverse('publications')}?tab={publication.section}"
