import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from superviseme.web.access import anyone, signed_in
from superviseme.web.answers import done

from .. import throttle
from . import actions
from .address import address_of, feed_of
from .entries import calendar_of
from .models import Feed


@signed_in("GET", "POST")
def page(request: HttpRequest) -> HttpResponse:
    """The address to copy; POST makes one, or another in its place."""
    if request.method == "POST":
        actions.open_feed(by=request.user)
        return done(request, to=reverse("calendar_page"), message=_("This is your calendar's address from now on."))
    feed = Feed.objects.filter(person=request.user, is_open=True).first()
    return render(request, "api/calendar.html", {"feed": feed, "address": address_of(feed) if feed else ""})


@signed_in("POST")
def deletion(request: HttpRequest) -> HttpResponse:
    actions.close_feed(by=request.user)
    return done(request, to=reverse("calendar_page"), message=_("The address opens nothing any more."))


@anyone("GET", reason="calendar programs cannot sign in; the address itself is the secret")
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    feed = feed_of(token)
    if feed is None:
        raise Http404
    throttle.count(-feed.pk)  # beside the numbers of tokens
    body = calendar_of(feed.person)
    actions.note_use(feed)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)
    found: HttpResponse = get_conditional_response(request, etag=etag, response=answer) or answer
    return found
