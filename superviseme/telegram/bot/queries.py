"""Which bot is ours, as far as the environment and an administrator have said."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from superviseme.web.sealed import unseal
from superviseme.web.time import now

from ..bot_api import BotApi
from ..models import Bot, Mode

ONE = 1


@dataclass(frozen=True)
class InForce:
    """The bot that speaks for us. `username` is without @, "" until Telegram has said it."""

    token: str
    username: str
    row: Bot

    @property
    def api(self) -> BotApi:
        return BotApi(settings.ENV("TELEGRAM_API_BASE"), self.token)

    @property
    def secret(self) -> str:
        """What Telegram says in the head of every call of the webhook."""
        key, said = settings.SECRET_KEY.encode(), f"superviseme.telegram.webhook {self.token}"
        return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()

    @property
    def by_webhook(self) -> bool:
        return self.row.mode == Mode.WEBHOOK

    def is_quiet(self, moment: datetime | None = None) -> bool:
        return self.row.quiet_until is not None and self.row.quiet_until > (moment or now())


def in_force(row: Bot | None = None) -> InForce | None:
    """None while the site has no bot; one query, none with the row as `kept` gave it."""
    row = row or kept()
    token = settings.ENV("TELEGRAM_BOT_TOKEN") or (unseal(row.sealed_token) if row.sealed_token else "")
    if not token:
        return None
    return InForce(token, settings.ENV("TELEGRAM_BOT_USERNAME").lstrip("@") or row.username, row)


def kept() -> Bot:
    """The row, or one as it would be, not saved."""
    return Bot.objects.filter(pk=ONE).first() or Bot(pk=ONE)


def is_fixed() -> bool:
    """Whether the environment says the token, so that nobody can change it here."""
    return bool(settings.ENV("TELEGRAM_BOT_TOKEN"))


def is_unreadable(row: Bot) -> bool:
    """A token that was sealed by a key we do not have any more."""
    return bool(row.sealed_token) and not is_fixed() and unseal(row.sealed_token) is None
