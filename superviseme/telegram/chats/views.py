from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.web.access import signed_in
from superviseme.web.answers import done

from ..bot.queries import in_force
from . import actions
from .code import link, picture
from .queries import chat_of


@signed_in("GET")
def telegram(request: HttpRequest) -> HttpResponse:
    return _page(request)


@signed_in("POST")
def code(request: HttpRequest) -> HttpResponse:
    """Shown once, in the answer itself: only its hash is kept. Who loads that page again after connecting sees the chat."""
    bot, chat = in_force(), chat_of(request.user)
    if chat and not chat.lost_at:
        return done(request, to=reverse("telegram"), message=_("Telegram is connected."))
    if bot is None or not bot.username:
        return _page(request, status=422)
    made = actions.make_code(by=request.user)
    address = link(bot.username, made)
    side, path = picture(address)
    response = _page(request, code=made, address=address, side=side, path=path)
    response["Cache-Control"] = "no-store"
    return response


@signed_in("POST")
def deletion(request: HttpRequest) -> HttpResponse:
    was = actions.disconnect(by=request.user)
    said = _("Telegram is disconnected. Nothing goes there any more.") if was else _("No chat was connected.")
    return done(request, to=reverse("telegram"), message=said)


@signed_in("POST")
def test(request: HttpRequest) -> HttpResponse:
    actions.send_test(by=request.user)
    return done(request, to=reverse("telegram"), message=_("A word is on its way to your chat."))


def _page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"bot": in_force(), "chat": chat_of(request.user), "minutes": actions.LASTS.seconds // 60, **more}
    return render(request, "telegram/chat.html", context, status=status)
