from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.people.views import account
from superviseme.policy.actions import Action
from superviseme.policy.check import can
from superviseme.web.access import signed_in
from superviseme.web.answers import done, unattended
from superviseme.web.contents import guarded
from superviseme.workspaces.files.storage import keep, open_bytes

from . import actions, queries
from .forms import KIND, PictureForm

A_WEEK = 7 * 24 * 3600  # seconds a browser keeps it: the address names the content, but a browser may be shared


@signed_in("GET", "POST")
def own(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, PictureForm())
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    actions.set_picture(stored=keep(form.cleaned_data["picture"]), by=request.user)
    return done(request, to=reverse("profile"), message=_("Your picture stands beside your name now."))


@signed_in("POST")
def own_removal(request: HttpRequest) -> HttpResponse:
    actions.remove_picture(by=request.user)
    return done(request, to=reverse("profile"), message=_("Your picture is removed; your initials stand there again."))


@signed_in("POST", action=Action.PERSON_MANAGE)
def removal(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person, pk=pk)
    actions.remove_picture_of(person, by=request.user)
    said = _("The picture of %(name)s is removed; they are told.") % {"name": person.full_name}
    to = reverse("user", args=[person.pk])
    return done(request, to=to, template="accounts/people/_account.html", context=account(person), message=said)


@signed_in("GET")
def show(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The same 404 for a picture that is not, is no longer, or is not for these eyes."""
    person = queries.with_picture(pk, digest, seen_by=request.user)
    if person is None or not can(request.user, Action.PICTURE_VIEW, person):
        raise Http404
    mark = f'"{digest}"'
    if request.headers.get("If-None-Match") == mark:
        return _kept(HttpResponseNotModified(), mark)
    return _kept(FileResponse(open_bytes(digest), content_type=KIND), mark)


def _kept(response: Any, mark: str) -> HttpResponse:
    response["ETag"] = mark
    return unattended(guarded(response, keep=f"private, max-age={A_WEEK}, immutable"))


def _page(request: HttpRequest, form: PictureForm, status: int = 200) -> HttpResponse:
    return render(request, "pictures/own.html", {"picture_form": form}, status=status)
