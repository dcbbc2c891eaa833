from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.web.access import signed_in
from superviseme.web.answers import done, is_htmx, unattended

from ..models import Notice
from ..sentences import link_for
from . import actions, queries


@signed_in("GET")
def notices(request: HttpRequest) -> HttpResponse:
    unread = request.GET.get("show") == "unread"
    page = queries.inbox(request.user, unread=unread, after=request.GET.get("after", ""))
    return render(request, "notifications/inbox/page.html", {"page": page, "only_unread": unread})


@signed_in("GET")
def latest(request: HttpRequest) -> HttpResponse:
    """The piece of page that the bell opens."""
    notices_ = queries.latest(request.user)
    return render(request, "notifications/inbox/_latest.html", {"notices": notices_})


@signed_in("GET")
def count(request: HttpRequest) -> HttpResponse:
    """The badge of the bell, asked for by pages that stay open; nobody is there because a page is."""
    return unattended(render(request, "layouts/_unread.html"))


@signed_in("POST")
def reading(request: HttpRequest, number: int) -> HttpResponse:
    """Opening a notice marks it and leads to what it is about; with `stay` it is only marked."""
    notice = _own(request, number)
    actions.mark_read(notice, by=request.user)
    if request.POST.get("stay"):
        return _done(request, notice)
    return done(request, to=_target(notice))


@signed_in("POST")
def all_reading(request: HttpRequest) -> HttpResponse:
    count = actions.mark_all_read(by=request.user)
    said = ngettext("%(n)s notice marked as read.", "%(n)s notices marked as read.", count) % {"n": count}
    return done(request, to=reverse("notices"), message=said)


@signed_in("POST")
def deletion(request: HttpRequest, number: int) -> HttpResponse:
    notice = _own(request, number)
    actions.delete_notice(notice, by=request.user)
    return _done(request, notice, deleted=True)


@signed_in("POST")
def read_deletion(request: HttpRequest) -> HttpResponse:
    count = actions.delete_read(by=request.user)
    said = (
        ngettext("%(n)s notice removed.", "%(n)s notices removed.", count) % {"n": count}
        if count
        else _("Nothing to remove.")
    )
    return done(request, to=reverse("notices"), message=said)


def _own(request: HttpRequest, number: int) -> Notice:
    return get_object_or_404(Notice.objects.select_related("event__actor"), pk=number, recipient=request.user)


def _done(request: HttpRequest, notice: Notice, *, deleted: bool = False) -> HttpResponse:
    context: dict[str, Any] = {"deleted": deleted}
    if is_htmx(request):
        context["notice"] = queries.with_words([notice])[0]
    return done(request, to=reverse("notices"), template="notifications/inbox/_answer.html", context=context)


def _target(notice: Notice) -> str:
    return link_for(notice.event, notice.recipient_id) or reverse("notices")
