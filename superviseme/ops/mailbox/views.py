from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.outbox.models import Message, State
from superviseme.policy.actions import Action
from superviseme.web.access import signed_in
from superviseme.web.answers import done
from superviseme.web.framed import framed
from superviseme.web.text import one_line

from . import actions, queries


@signed_in("GET", action=Action.SITE_MANAGE)
def outbox(request: HttpRequest) -> HttpResponse:
    state, q = request.GET.get("state", ""), one_line(request.GET.get("q", ""))[:200]
    page = queries.messages(state=state, q=q, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "state": state,
        "q": q,
        "states": [*State.choices, (queries.DOUBT, _("Possibly twice"))],
        "counts": queries.counts(),
        "mail_server": settings.MAIL_SERVER,
    }
    return render(request, "ops/mailbox/list.html", context)


@signed_in("GET", action=Action.SITE_MANAGE)
def letter(request: HttpRequest, number: int) -> HttpResponse:
    message = get_object_or_404(Message, pk=number)
    context = {
        "message": message,
        "hidden": queries.is_hidden(message),
        "can_retry": message.state in (State.FAILED, State.WAITING),
    }
    return render(request, "ops/mailbox/letter.html", context)


@signed_in("GET", action=Action.SITE_MANAGE)
def letter_html(request: HttpRequest, number: int) -> HttpResponse:
    message = get_object_or_404(Message, pk=number)
    return framed("" if queries.is_hidden(message) else message.html)


@signed_in("POST", action=Action.SITE_MANAGE)
def retry(request: HttpRequest, number: int) -> HttpResponse:
    message = get_object_or_404(Message, pk=number)
    actions.retry(message, by=request.user)
    said = _("It will be sent in a moment.") if message.state == State.WAITING else _("It is on its way already.")
    return done(request, to=reverse("letter", args=[number]), message=said)


@signed_in("POST", action=Action.SITE_MANAGE)
def test(request: HttpRequest) -> HttpResponse:
    message = actions.send_test(by=request.user)
    said = _("The letter is written. Look again in a moment to see what became of it.")
    return done(request, to=reverse("letter", args=[message.pk]), message=said)
