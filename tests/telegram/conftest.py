"""A site with a bot, and a Telegram on this machine."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from superviseme.telegram import deliver
from superviseme.telegram.bot.actions import arranged, change_bot
from superviseme.telegram.chats.actions import connect, make_code
from superviseme.telegram.models import Chat
from superviseme.telegram.talk import listen
from superviseme.telegram.talk.heed import heed
from tests.web.server import serving

from .server import Telegram, written

TOKEN = "123456:AA-secret-of-the-bot-for-tests"


@pytest.fixture
def telegram(monkeypatch: Any, settings: Any) -> Iterator[Telegram]:
    """Where this site asks."""
    monkeypatch.setattr(listen, "_not_before", 0.0)
    monkeypatch.setattr(deliver, "GAP", 0.0)
    with serving(Telegram()) as service:
        monkeypatch.setitem(settings.ENV.values, "TELEGRAM_API_BASE", service.url)
        yield service


@pytest.fixture
def bot(telegram: Telegram, ada: Any) -> Telegram:
    """A bot that Telegram knows."""
    change_bot(token=TOKEN, mode="polling", kinds=None, by=ada)
    arranged(username="supervise_test_bot", figure="")
    return telegram


@pytest.fixture
def chat_with(bot: Telegram) -> Callable[..., int]:
    """`chat_with(alice)`: her chat, connected."""

    def joined(person: Any, number: int = 77) -> int:
        assert connect(code=make_code(by=person), chat=number, name="@alice") == person
        return Chat.objects.get(person=person).chat

    return joined


@pytest.fixture
def says(bot: Telegram) -> Callable[..., list[str]]:
    """`says("/todos")`: written into a chat; what the bot answered there."""
    numbers = iter(range(1000, 2000))

    def write(text: str, *, chat: int = 77, **how: Any) -> list[str]:
        before = len(bot.texts(chat))
        heed(written(next(numbers), text, chat=chat, **how))
        deliver.deliver_due_messages()
        return bot.texts(chat)[before:]

    return write
