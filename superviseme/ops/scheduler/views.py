from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.answers import done

from .. import maintenance
from ..clock import JOBS
from . import actions, queries


@signed_in("GET", action=Action.SITE_MANAGE)
def scheduler(request: HttpRequest) -> HttpResponse:
    return render(request, "ops/scheduler/page.html", {"now": queries.picture(), "closed": maintenance.state()})


@signed_in("POST", action=Action.SITE_MANAGE)
def run(request: HttpRequest, job: str) -> HttpResponse:
    if job not in {known.name for known in JOBS if known.when}:
        raise Http404
    is_new = actions.ask_for_run(job, by=request.user)
    said = _("It runs in a moment.") if is_new else _("It was asked for already.")
    return done(request, to=reverse("scheduler"), message=said)


@signed_in("POST", action=Action.SITE_MANAGE)
def resumption(request: HttpRequest) -> HttpResponse:
    reckoning = actions.resume_outbox(by=request.user)
    said = ngettext("%(num)s letter goes out now.", "%(num)s letters go out now.", reckoning.to_send)
    return done(request, to=reverse("scheduler"), message=said % {"num": reckoning.to_send})
