from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.models import Person
from superviseme.accounts.providers.provider import ORCID
from superviseme.accounts.providers.queries import provider_called, signs_in_by_orcid
from superviseme.publications.forms import Orcid
from superviseme.publications.kinds import Section
from superviseme.publications.models import OrcidSync
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted
from superviseme.web.time import now

from . import actions, client


@signed_in("GET", "POST")
def record(request: HttpRequest) -> HttpResponse:
    """Link the record: by the number typed, or where ORCID signs people in, by the one that did."""
    by_signing_in = provider_called(ORCID) is not None
    form = Orcid(posted(request), initial={"orcid": request.user.orcid})
    if request.method == "POST" and form.is_valid():
        actions.link_record(orcid=form.cleaned_data["orcid"], by=request.user)
        return done(request, to=reverse("publications"), message=_("Linked. Your record is being read."))
    context = {"form": form, "by_signing_in": by_signing_in, **standing(request.user)}
    return render(request, "publications/orcid.html", context, status=422 if form.is_bound else 200)


@signed_in("POST")
def deletion(request: HttpRequest) -> HttpResponse:
    actions.unlink_record(by=request.user)
    said = _("Your ORCID record is not linked any more. What was read from it stays in your list.")
    return done(request, to=reverse("publication_orcid"), message=said)


@signed_in("POST")
def reading(request: HttpRequest) -> HttpResponse:
    """Only asks; the worker reads."""
    actions.ask_to_read(by=request.user)
    return done(request, to=reverse("publications"), message=_("Your record is being read. Look again in a minute."))


def standing(person: Person) -> dict[str, Any]:
    """Where the link to ORCID stands, for the head of the list."""
    sync = OrcidSync.objects.filter(person=person).first() if person.orcid else None
    said = sync.said if sync else {}
    problems = [
        (Section(name).label, told["problem"])
        for name, told in said.items()
        if name in Section.values and told.get("problem")
    ]
    return {
        "sync": sync,
        "orcid_is_proved": bool(person.orcid) and signs_in_by_orcid(person),
        "orcid_waits": bool(sync and (sync.claimed_at or (sync.due_at and sync.due_at <= now()))),
        "orcid_problem": said.get("problem", ""),
        "orcid_problems": problems,
        "orcid_may_be_asked": client.may_be_asked(),
        "orcid_host": settings.ORCID_ISSUER.rstrip("/"),
    }
