"""What is deleted on the whole site, and removing it for good before its time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.answers import done

from . import actions, queries

LONGEST_TYPED = 1000


@signed_in("GET", action=Action.SITE_MANAGE)
def deleted(request: HttpRequest) -> HttpResponse:
    return render(request, "ops/purge/page.html", {"page": queries.deleted_page(request.GET.get("after", ""))})


@signed_in("GET", "POST", action=Action.SITE_MANAGE)
def purge(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Asks to type its name, or a word; nothing brings it back."""
    thing = queries.deleted_thing(kind, pk) if pk < 2**63 else None
    if thing is None:
        raise Http404
    asked, typed = request.method == "POST", request.POST.get("name", "")[:LONGEST_TYPED]
    if asked and typed.casefold().split() == thing.typed.casefold().split():
        actions.purge_now(thing, by=request.user)
        return done(request, to=reverse("all_deleted"), message=_("Removed for good."))
    context = {"thing": thing, "kind": kind, "typed": typed, "wrong": asked}
    return render(request, "ops/purge/purge.html", context, status=422 if asked else 200)
