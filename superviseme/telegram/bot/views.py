import hmac
import json

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.outbox.models import Channel, Message, State
from superviseme.policy.actions import Action
from superviseme.web.access import anyone, signed_in
from superviseme.web.answers import Stale, done
from superviseme.web.forms import posted
from superviseme.web.tokenless import without_token

from ..bot_api import NotTaken
from ..models import Bot, Chat
from ..talk.heed import heed
from . import actions
from .arrange import who_it_is
from .forms import BotForm
from .queries import in_force, is_fixed, is_unreadable, kept

PATIENCE = 5.0  # seconds an administrator waits for Telegram
LONGEST_UPDATE = 256 * 1024


@signed_in("GET", "POST", action=Action.SITE_MANAGE)
def bot(request: HttpRequest) -> HttpResponse:
    row = kept()
    form = BotForm(posted(request), row=row)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form, row, 422 if form.is_bound else 200)
    try:
        changed = actions.change_bot(by=request.user, **form.cleaned_data)
    except Stale:
        return _page(request, form, kept(), 409)
    said = _("The bot is saved. The scheduler tells Telegram in a moment.") if changed else _("Nothing was different.")
    return done(request, to=reverse("telegram_bot"), message=said)


@signed_in("POST", action=Action.SITE_MANAGE)
def test(request: HttpRequest) -> HttpResponse:
    """Asks Telegram who the bot is, here and now."""
    found = in_force()
    if found is None:
        said = _("There is no token yet, so there is nobody to ask for.")
    else:
        try:
            said = _("Telegram answers: this is @%(name)s.") % {"name": who_it_is(found, patience=PATIENCE)}
        except NotTaken as problem:
            said = str(problem)
    return done(request, to=reverse("telegram_bot"), message=said)


@signed_in("POST", action=Action.SITE_MANAGE)
def removal(request: HttpRequest) -> HttpResponse:
    actions.remove_token(by=request.user)
    return done(request, to=reverse("telegram_bot"), message=_("The token is forgotten. Nothing goes by Telegram now."))


@without_token("telegram_webhook")
@anyone("POST", reason="Telegram calls it, and says the secret it was given")
def webhook(request: HttpRequest) -> HttpResponse:
    found = in_force()
    said = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if found is None or not found.by_webhook or not hmac.compare_digest(said.encode(), found.secret.encode()):
        return JsonResponse({"detail": _("This is for Telegram alone.")}, status=403)
    try:
        if len(request.body) > LONGEST_UPDATE:
            raise RequestDataTooBig
        update = json.loads(request.body)
    except RequestDataTooBig:
        return JsonResponse({"detail": _("An update is shorter.")}, status=413)
    except (ValueError, RecursionError):
        return JsonResponse({"detail": _("This is no JSON.")}, status=400)
    answer = heed(update)
    if answer is None:
        return JsonResponse({})
    return JsonResponse({"method": "answerCallbackQuery", **answer})


def _page(request: HttpRequest, form: BotForm, row: Bot, status: int) -> HttpResponse:
    found = in_force(row)
    waiting = Message.objects.filter(channel=Channel.TELEGRAM, state=State.WAITING).count()
    context = {
        "form": form,
        "bot": found,
        "row": row,
        "fixed": is_fixed(),
        "unreadable": is_unreadable(row),
        "connected": Chat.objects.filter(lost_at=None).count(),
        "lost": Chat.objects.exclude(lost_at=None).count(),
        "waiting": waiting,
        "stale": status == 409,
        "quiet": bool(found and found.is_quiet()),
    }
    return render(request, "telegram/bot.html", context, status=status)
