"""Pages and clicks of files and links: workspace through `visible_to`, form, one action, answer."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.policy.check import require
from superviseme.web.access import signed_in
from superviseme.web.answers import attempt, done
from superviseme.web.forms import posted

from ..room.access import thing_in, workspace_for
from ..room.frame import answered, frame
from ..room.models import Workspace
from . import actions, queries
from .forms import EditForm, FileForm, LinkForm, VersionForm, rule
from .models import Document, DocumentKind
from .quota import Full, keep_all


@signed_in("GET", "POST")
def index(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    if request.method == "GET":
        return _index(request, workspace, FileForm())
    require(request.user, Action.FILE_ADD, workspace)
    form = FileForm(request.POST, request.FILES)
    try:
        return _add(request, workspace, form) if form.is_valid() else _index(request, workspace, form, status=422)
    except Full as full:
        form.add_error("files", full)
        return _index(request, workspace, form, status=422)


@signed_in("GET", "POST")
def links(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    require(request.user, Action.FILE_ADD, workspace)
    form = LinkForm(posted(request))
    if form.is_valid():
        document = actions.add_link(workspace, **form.cleaned_data, by=request.user)
        return done(
            request,
            to=reverse("files", args=[pk]),
            message=_("«%(title)s» added.") % {"title": document.title},
            link=document.get_absolute_url(),
        )
    return _form(request, workspace, form, status=422 if form.errors else 200)


@signed_in("GET")
def show(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    return _show(request, workspace, find(workspace, n), VersionForm())


@signed_in("GET", "POST")
def edit(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    document = find(workspace, n)
    require(request.user, Action.FILE_EDIT, document)
    names = ("title", "description", "category", "url", "version")
    form = EditForm(posted(request), document=document, initial={name: getattr(document, name) for name in names})
    tried = attempt(form, partial(actions.edit_document, document, by=request.user))
    if tried.saved:
        return done(request, to=document.get_absolute_url())
    return _form(request, workspace, form, status=tried.status, document=document, current=tried.current)


@signed_in("POST")
def versions(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    workspace = workspace_for(request, pk)
    document = find(workspace, n)
    require(request.user, Action.FILE_ADD, document)
    form = VersionForm(request.POST, request.FILES)
    if document.kind != DocumentKind.FILE:
        form.add_error(None, _("A link has no versions; edit its address instead."))
    if not form.is_valid():
        return _show(request, workspace, document, form, status=422)
    before = {v.number for v in document.versions.all()}
    try:
        [stored] = keep_all(workspace, form.cleaned_data["files"])
        version = actions.add_version(document, stored=stored, note=form.cleaned_data["note"], by=request.user)
    except Full as full:
        form.add_error("files", full)
        return _show(request, workspace, document, form, status=422)
    words = (
        _("These bytes are version %(n)s already; nothing was added.")
        if version.number in before
        else _("Version %(n)s added.")
    )
    return done(request, to=document.get_absolute_url(), message=words % {"n": version.number})


@signed_in("POST")
def deletion(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    document = find(workspace_for(request, pk), n)
    actions.delete_document(document, by=request.user)
    undo = reverse("file_restoration", args=[pk, n])
    words = _("«%(title)s» deleted.") % {"title": document.title}
    to = reverse("files", args=[pk])
    return answered(request, document.workspace, to=to, template="ui/_gone.html", message=words, undo=undo)


@signed_in("POST")
def restoration(request: HttpRequest, pk: int, n: int) -> HttpResponse:
    document = thing_in(workspace_for(request, pk), Document.objects.all(), number=n)
    actions.restore_document(document, by=request.user)
    return done(request, to=document.get_absolute_url(), message=_("«%(title)s» restored.") % {"title": document.title})


def find(workspace: Workspace, n: int) -> Document:
    return thing_in(workspace, queries.with_versions(Document.objects.live()), number=n)


def _add(request: HttpRequest, workspace: Workspace, form: FileForm) -> HttpResponse:
    data = form.cleaned_data
    about = {name: data[name] for name in ("title", "description", "category")}
    stored = keep_all(workspace, data["files"])
    added = actions.add_files(workspace, stored=stored, **about, by=request.user)
    words = _("Added: %(titles)s.") % {"titles": ", ".join(document.title for document in added)}
    link = added[0].get_absolute_url() if len(added) == 1 else ""
    return done(request, to=reverse("files", args=[workspace.pk]), message=words, link=link)


def _index(request: HttpRequest, workspace: Workspace, form: FileForm, status: int = 200) -> HttpResponse:
    words = queries.categories(workspace)
    category = request.GET.get("category", "")
    category = category if category in words else ""
    page = queries.files_page(workspace, after=request.GET.get("after", ""), category=category)
    context = frame(
        workspace,
        request.user,
        "files",
        page=page,
        form=form,
        rule=rule(workspace),
        categories=words,
        category=category,
    )
    return render(request, "workspaces/files/index.html", context, status=status)


def _show(
    request: HttpRequest, workspace: Workspace, document: Document, form: VersionForm, status: int = 200
) -> HttpResponse:
    context = frame(
        workspace,
        request.user,
        "files",
        document=document,
        form=form,
        rule=rule(workspace),
        newest=next(iter(document.versions.all()), None),
    )
    return render(request, "workspaces/files/show.html", context, status=status)


def _form(
    request: HttpRequest, workspace: Workspace, form: Any, *, status: int, document: Any = None, current: Any = None
) -> HttpResponse:
    context = frame(workspace, request.user, "files", form=form, document=document, current=current)
    return render(request, "workspaces/files/form.html", context, status=status)
