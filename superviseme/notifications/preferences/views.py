from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.accounts.presence import zone_of
from superviseme.web.access import anyone, signed_in
from superviseme.web.answers import done
from superviseme.web.forms import posted
from superviseme.web.tokenless import without_token

from ..categories import CATEGORIES
from ..stopping import MONDAYS, Stop, read_stop
from . import actions, queries
from .forms import Choices


@signed_in("GET", "POST")
def choices(request: HttpRequest) -> HttpResponse:
    form = Choices(posted(request), person=request.user)
    if form.is_bound and form.is_valid():
        actions.choose(by=request.user, deliveries=form.deliveries(), habits=form.habits())
        return done(request, to=reverse("notice_choices"), message=_("Your choices are saved."))
    context = {
        "form": form,
        "kinds": CATEGORIES,
        "channels": form.channels,
        "muted": queries.muted_workspaces(request.user),
        "zone": str(zone_of(request.user)),
    }
    return render(request, "notifications/preferences/page.html", context, status=422 if form.is_bound else 200)


@without_token("unsubscription")
@anyone("GET", "POST", reason="the link of a mail is signed and stops that kind of mail for one person")
def unsubscription(request: HttpRequest, token: str) -> HttpResponse:
    stop = read_stop(token)
    stopped = stop is not None and request.method == "POST" and actions.stop_mail(stop)
    if stop is None or (request.method == "POST" and not stopped):
        return render(request, "notifications/stopping/gone.html", status=404)
    return render(
        request,
        "notifications/stopping/page.html",
        {"what": _named(stop), "stopped": stopped, "mondays_only": stop.what == (MONDAYS,)},
    )


def _named(stop: Stop) -> list[str]:
    names = {category.value: str(kind.label) for category, kind in CATEGORIES.items()}
    return [names.get(what, _("The Monday letters")) for what in stop.what if what in names or what == MONDAYS]
