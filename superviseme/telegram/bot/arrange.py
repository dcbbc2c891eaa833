"""Telegram is told how to reach us, once for each way and token; by the scheduler alone."""

import hashlib
import re

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from superviseme.outbox.letters import link_to

from ..bot_api import PATIENCE, NotTaken
from .actions import arranged
from .queries import InForce

NAME = re.compile(r"\w{3,64}", re.ASCII)
HEARD = ["message", "callback_query", "my_chat_member"]
"""The kinds of updates we understand."""


def arrange(bot: InForce) -> bool:
    """Whether anything had to be said. Raises `NotTaken`."""
    figure = _figure(bot)
    if bot.row.arranged == figure:
        return False
    name = who_it_is(bot)
    if bot.by_webhook:
        address = link_to(reverse("telegram_webhook"))
        bot.api.ask(
            "setWebhook", url=address, secret_token=bot.secret, allowed_updates=HEARD, max_connections=1
        )  # one after the other, so that an update that comes again is known
    else:
        bot.api.ask("deleteWebhook")
    bot.api.ask("setMyCommands", commands=[{"command": word, "description": about} for word, about in _menu()])
    arranged(username=name, figure=figure)
    return True


def who_it_is(bot: InForce, *, patience: float = PATIENCE) -> str:
    """The name of the bot. Raises `NotTaken`, also for what can be none."""
    me = bot.api.ask("getMe", patience=patience)
    name = me.get("username") if isinstance(me, dict) else None
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise NotTaken(_("Telegram says nothing of who the bot is."))
    return name


def _figure(bot: InForce) -> str:
    said = [bot.token, bot.row.mode, settings.BASE_URL if bot.by_webhook else "", bot.secret]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _menu() -> list[tuple[str, str]]:
    """What Telegram offers while people type."""
    return [
        ("next", _("What needs you next")),
        ("todos", _("Your open to-dos")),
        ("done", _("Tick a to-do: /done 12")),
        ("stop", _("Disconnect this chat")),
        ("help", _("What you can write here")),
    ]
