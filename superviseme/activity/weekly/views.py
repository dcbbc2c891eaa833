"""The Monday report before it goes, and what went."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from superviseme.accounts.models import Person
from superviseme.outbox.letters import Letter, write
from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.framed import framed

from . import actions, queries


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def own(request: HttpRequest) -> HttpResponse:
    week = actions.this_week()
    context = {
        "week": week,
        "schedule": queries.schedule(),
        "sent": queries.sent_to(request.user),
        "anything": actions.words_for(request.user, "weekly", week) is not None,
        "wanted": bool(actions.wanted_by(request.user)),
    }
    return render(request, "activity/weekly/own.html", context)


@signed_in("GET", action=Action.OWN_SUPERVISION_VIEW)
def letter(request: HttpRequest) -> HttpResponse:
    return _framed(request.user)


@signed_in("POST", action=Action.OWN_SUPERVISION_VIEW)
def sending(request: HttpRequest) -> HttpResponse:
    message = actions.send_to(request.user, by=request.user)
    said = _("On its way to %(to)s.") % {"to": message.to} if message else _("There is nothing to report.")
    return done(request, to=reverse("weekly"), message=said)


@signed_in("GET", action=Action.SITE_MANAGE)
def everybody(request: HttpRequest) -> HttpResponse:
    page = queries.supervisors_page(after=request.GET.get("after", ""))
    for person in page.rows:
        person.wants = actions.wanted_by(person)
    context = {
        "schedule": queries.schedule(),
        "weeks": queries.weeks(),
        "page": page,
        "week": actions.this_week(),
    }
    return render(request, "activity/weekly/all.html", context)


@signed_in("GET", action=Action.SITE_MANAGE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What a supervisor would get now, before it goes."""
    person = get_object_or_404(Person.objects.active(), pk=pk)
    week = actions.this_week()
    written = _written(person)
    context = {
        "person": person,
        "wants": actions.wanted_by(person),
        "week": week,
        "written": written,
        "sent": queries.sent_to(person),
    }
    return render(request, "activity/weekly/one.html", context)


@signed_in("GET", action=Action.SITE_MANAGE)
def letter_of_one(request: HttpRequest, pk: int) -> HttpResponse:
    return _framed(get_object_or_404(Person.objects.active(), pk=pk))


@signed_in("POST", action=Action.SITE_MANAGE)
def sending_to_all(request: HttpRequest) -> HttpResponse:
    count = actions.send_to_all(by=request.user)
    said = ngettext("%(n)s report is on its way.", "%(n)s reports are on their way.", count) % {"n": count}
    return done(request, to=reverse("weekly_all"), message=said if count else _("Everybody has this week's report."))


@signed_in("POST", action=Action.SITE_MANAGE)
def sending_to_one(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.active(), pk=pk)
    message = actions.send_to(person, by=request.user)
    said = _("On its way to %(to)s.") % {"to": message.to} if message else _("There is nothing to report.")
    return done(request, to=reverse("weekly_all"), message=said)


def _written(person: Person) -> Letter | None:
    """This week's letter as it would go now; None when there is nothing to report."""
    words = actions.words_for(person, "weekly", actions.this_week())
    return write("weekly", words, language=person.language) if words else None


def _framed(person: Person) -> HttpResponse:
    written = _written(person)
    return framed(written.html if written else "")
