"""Messages go to Telegram as it wishes, whatever it answers."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from superviseme.notifications.models import Notice
from superviseme.outbox import hold
from superviseme.outbox.models import Message
from superviseme.outbox.post import post
from superviseme.telegram import bot_api, deliver
from superviseme.telegram.chats import actions as chats
from superviseme.telegram.deliver import deliver_due_messages
from superviseme.telegram.messages import Button, Words, put
from superviseme.telegram.models import Bot, Chat
from superviseme.web.time import now, simulated

from .conftest import TOKEN
from .server import refusal


@pytest.fixture
def one(alice, chat_with):
    """A message waits for Alice."""
    chat_with(alice)
    put(77, Words("Head", "Text"), key="one", recipient=alice)
    return Message.objects.get(key="one")


def fresh(message):
    message.refresh_from_db()
    return message


def test_a_message_goes_once(one, bot):
    assert deliver_due_messages() == "1 sent"
    assert deliver_due_messages() == ""
    assert bot.texts() == ["Head\nText"]
    assert fresh(one).state == "sent"


def test_nothing_is_asked_before_the_time_telegram_named(one, bot, alice):
    moment = now()
    with simulated(moment):
        bot.says["sendMessage"] = refusal(429, "Too Many Requests: retry after 30", retry_after=30)
        deliver_due_messages()
        put(77, Words("Another"), key="two", recipient=alice)
    for seconds in (0, 10, 29.9):
        with simulated(moment + timedelta(seconds=seconds)):
            deliver_due_messages()
    assert len(bot.texts()) == 1
    with simulated(moment + timedelta(seconds=30)):
        deliver_due_messages()
    with simulated(moment + timedelta(seconds=32)):
        deliver_due_messages()
    assert sorted(bot.texts()[1:]) == ["Another", "Head\nText"]


def test_a_blocked_bot_is_switched_off_and_its_person_told(one, bot, alice):
    put(77, Words("Waits"), key="two", recipient=alice)
    bot.says["sendMessage"] = refusal(403, "Forbidden: bot was blocked by the user")
    deliver_due_messages()
    chat = Chat.objects.get()
    assert (fresh(one).state, chat.lost_why) == (
        "failed",
        "Telegram answered 403: Forbidden: bot was blocked by the user",
    )
    assert Notice.objects.filter(recipient=alice, verb="telegram.lost").count() == 1
    assert not Message.objects.filter(key="two").exists()


def test_a_chat_that_moved_is_followed(one, bot):
    bot.says["sendMessage"] = refusal(400, "group chat was upgraded", migrate_to_chat_id=-1001234567890)
    deliver_due_messages()
    assert Chat.objects.get().chat == -1001234567890
    with simulated(now() + timedelta(seconds=2)):
        deliver_due_messages()
    assert bot.texts(-1001234567890) == ["Head\nText"]
    assert fresh(one).state == "sent"


def test_a_chat_that_moves_without_end_is_lost(one, bot):
    for move in range(8):
        bot.says["sendMessage"] = refusal(400, "upgraded", migrate_to_chat_id=-1000 - move)
        with simulated(now() + timedelta(seconds=2 * move)):
            deliver_due_messages()
    assert (fresh(one).state, len(bot.texts())) == ("failed", 5)
    assert Chat.objects.get().lost_at is not None


def test_a_chat_that_moves_is_followed_however_often_it_was_tried_before(one, bot):
    Message.objects.filter(pk=one.pk).update(attempts=7)
    bot.says["sendMessage"] = refusal(400, "upgraded", migrate_to_chat_id=-1001)
    deliver_due_messages()
    assert (Chat.objects.get().chat, Chat.objects.get().lost_at) == (-1001, None)
    with simulated(now() + timedelta(seconds=2)):
        deliver_due_messages()
    assert (fresh(one).state, bot.texts(-1001)) == ("sent", ["Head\nText"])


def test_one_that_is_never_taken_fails_and_the_next_goes(one, bot, bob, chat_with):
    chat_with(bob, 78)
    put(78, Words("For Bob"), key="two", recipient=bob)
    bot.says["sendMessage"] = refusal(400, "Bad Request: can't parse entities")
    assert deliver_due_messages() == "1 sent, 1 not sent"
    assert fresh(one).state == "failed"
    assert bot.texts(78) == ["For Bob"]


@pytest.mark.parametrize("answer", [(200, b"<html>", {}), (500, b"", {}), refusal(500, "Internal Server Error")])
def test_a_telegram_that_is_out_of_order_is_tried_again_later(one, bot, answer):
    bot.says["sendMessage"] = answer
    deliver_due_messages()
    assert fresh(one).state == "waiting"
    assert Bot.objects.get().problem.startswith("Telegram answered")
    with simulated(now() + timedelta(minutes=2)):
        deliver_due_messages()
    assert (fresh(one).state, Bot.objects.get().problem) == ("sent", "")


def test_an_answer_that_never_comes_is_a_possible_copy(one, bot, monkeypatch):
    from tests.web.server import drip

    monkeypatch.setattr(bot_api.BotApi.ask, "__kwdefaults__", {"patience": 0.2})
    bot.says["sendMessage"] = (200, drip(bot), {})
    deliver_due_messages()
    assert (fresh(one).state, one.possible_copies) == ("waiting", 1)


def test_an_answer_that_breaks_off_is_a_possible_copy_and_tried_again_later(one, bot):
    bot.says["sendMessage"] = (200, b'{"ok":', {"Content-Length": "100"})
    deliver_due_messages()
    deliver_due_messages()
    assert (fresh(one).state, one.possible_copies, len(bot.texts())) == ("waiting", 1, 1)


def test_one_that_cannot_even_be_asked_does_not_hold_up_the_next(one, bot, bob, chat_with):
    """Nor is it tried at once again."""
    put(chat_with(bob, number=78), Words("For Bob"), key="two", recipient=bob)
    Message.objects.filter(pk=one.pk).update(to="no number")
    assert deliver_due_messages() == "1 sent, 1 not sent"
    assert (fresh(one).state, one.last_error, one.due_at > now()) == ("waiting", "ValueError", True)
    assert bot.texts(78) == ["For Bob"]


def test_a_wrong_token_lets_everything_wait_and_the_page_says_so(one, bot, as_, ada):
    bot.says["sendMessage"] = refusal(401, "Unauthorized")
    deliver_due_messages()
    assert fresh(one).state == "waiting"
    assert b"Telegram answered 401: Unauthorized" in as_(ada).get("/admin/telegram").content


def test_a_chat_gets_one_message_a_second(one, bot, alice):
    put(77, Words("Second"), key="two", recipient=alice)
    moment = now()
    with simulated(moment):
        deliver_due_messages()
    assert bot.texts() == ["Head\nText"]
    assert Message.objects.get(key="two").due_at == moment + deliver.GAP_OF_A_CHAT


def test_mail_does_not_wait_for_it(one, bot, alice, monkeypatch):
    from superviseme.outbox.deliver import deliver_due_messages as deliver_mail

    post("test", to="x@example.org", key="mail", context={"name": "X", "link": "/"})
    bot.says["sendMessage"] = refusal(429, "Too Many Requests", retry_after=3600)
    deliver_due_messages()
    assert deliver_mail() == "2 sent"  # with the one that says that a chat was connected
    assert fresh(one).state == "waiting"


def test_what_is_held_waits(one, bot):
    hold.hold("restored")
    assert deliver_due_messages() == ""
    assert bot.texts() == []


def test_without_a_bot_messages_wait_and_are_given_up_after_three_days(one, bot):
    Bot.objects.update(sealed_token="")
    assert deliver_due_messages() == ""
    assert fresh(one).state == "waiting"
    with simulated(now() + timedelta(days=3, minutes=1)):
        deliver_due_messages()
    assert (fresh(one).state, one.last_error) == ("failed", "Nothing took it for three days.")


def test_what_was_tried_and_waits_does_not_go_to_a_chat_that_was_disconnected(one, bot, alice):
    bot.says["sendMessage"] = refusal(500, "Internal Server Error")
    deliver_due_messages()
    chats.disconnect(by=alice)
    assert not Message.objects.filter(channel="telegram").exists()


def test_a_failed_one_is_sent_again_by_an_administrator(one, bot, as_, ada):
    Message.objects.update(state="failed")
    as_(ada).post(f"/admin/outbox/{one.pk}/retry")
    deliver_due_messages()
    assert bot.texts() == ["Head\nText"]


def test_a_long_text_is_cut_and_keeps_its_link(alice, chat_with, bot, settings):
    settings.BASE_URL = "http://localhost:8080"
    chat_with(alice)
    put(77, Words("Head", "😀" * 5000, [Button("Open", "http://localhost:8080/w/1")]), key="long", recipient=alice)
    deliver_due_messages()
    (text,) = bot.texts()
    assert len(text.encode("utf-16-le")) // 2 <= 4096
    assert text.endswith("…\n\nOpen: http://localhost:8080/w/1")


def test_many_long_links_leave_the_text_short_enough(alice, chat_with, bot, settings):
    settings.BASE_URL = "http://localhost:8080"
    links = [Button("😀" * 200, f"http://localhost:8080/w/{n}/todos/{n}") for n in range(6)]
    put(chat_with(alice), Words("😀" * 200, "😀" * 5000, links), key="long", recipient=alice)
    deliver_due_messages()
    (text,) = bot.texts()
    assert 4000 < len(text.encode("utf-16-le")) // 2 <= 4096
    assert text.count("http://localhost:8080/w/") == 6


@pytest.mark.parametrize(
    ("kept", "left"),
    [
        (f"Telegram answered 500: at /bot{TOKEN}/sendMessage", "Telegram answered 500: at /…/sendMessage"),
        (f"Telegram answered 500: {TOKEN.replace(':', '%3A')} is odd", "Telegram answered 500: … is odd"),
        ("Telegram answered 500: at /bot123456:AA", "Telegram answered 500: at /…"),  # cut off
        ("Telegram answered 400: chat not found at 12:30", "Telegram answered 400: chat not found at 12:30"),
    ],
)
def test_refusals_of_before_lose_the_token_they_quote(one, kept, left):
    take_out = import_module("superviseme.telegram.migrations.0002_no_token_in_refusals").take_out
    Message.objects.filter(pk=one.pk).update(last_error=kept)
    Bot.objects.update(problem=kept)
    take_out(apps, SimpleNamespace(connection=connection))
    assert (fresh(one).last_error, Bot.objects.get().problem) == (left, left)
