"""The scheduler asks Telegram for what was written, or Telegram calls us."""

import json

import pytest

from superviseme.outbox.models import Message
from superviseme.telegram.bot.queries import in_force
from superviseme.telegram.models import Bot
from superviseme.telegram.talk.heed import heed
from superviseme.telegram.talk.listen import listen

from .server import pressed, refusal, written


@pytest.fixture
def polled(bot):
    listen()  # Telegram is told how to reach us
    bot.asked.clear()
    return bot


def test_telegram_is_told_once_that_we_ask(bot):
    assert listen() == "told Telegram how to reach us"
    listen()
    assert [path.rpartition("/")[2] for _m, path, _f, _h in bot.asked] == [
        "getMe",
        "deleteWebhook",
        "setMyCommands",
        "getUpdates",
    ]
    assert in_force().username == "supervise_test_bot"


def test_what_was_heard_is_confirmed_and_not_asked_again(polled, alice, chat_with):
    chat_with(alice)
    polled.updates = [written(41, "/todos"), written(42, "/help")]
    assert listen() == "2 heard"
    assert listen() == ""
    assert [call.get("offset") for call in polled.calls("getUpdates")] == [None, "43"]
    assert Message.objects.filter(letter="reply").count() == 2


@pytest.mark.parametrize("said", [{}, [], {"username": 7}, {"username": "a/../b"}, {"username": "x" * 500}])
def test_a_bot_that_is_none_is_no_bot(bot, said):
    bot.says["getMe"] = (200, {"ok": True, "result": said}, {})
    assert listen() == ""
    assert Bot.objects.get().problem == "Telegram says nothing of who the bot is."


@pytest.mark.parametrize("found", [None, {}, "x", [None, 7, {"update_id": None}]])
def test_updates_that_are_none_are_left_aside(polled, found):
    polled.says["getUpdates"] = (200, {"ok": True, "result": found}, {})
    listen()
    assert listen() == ""


def test_a_press_is_answered(polled, alice, chat_with):
    chat_with(alice)
    polled.updates = [pressed(1, "done:404")]
    listen()
    (answer,) = polled.calls("answerCallbackQuery")
    assert answer == {"callback_query_id": "press-1", "text": "This to-do is not there any more."}


def test_trouble_is_kept_for_the_page_and_telegram_left_alone(polled):
    polled.says["getUpdates"] = refusal(409, "Conflict: terminated by other getUpdates request")
    assert listen() == ""
    assert Bot.objects.get().problem.startswith("Telegram answered 409")
    assert listen() == ""
    assert len(polled.calls("getUpdates")) == 1


@pytest.mark.parametrize("number", [10**9, 2**61])
def test_a_number_that_cannot_be_the_next_does_not_make_deaf(polled, alice, chat_with, number):
    chat_with(alice)
    polled.updates = [written(41, "/help")]
    listen()
    polled.updates = [written(42, "/help"), written(number, "/help")]
    listen()
    polled.updates += [written(43, "/help")]
    listen()
    assert Message.objects.filter(letter="reply").count() == 3
    assert Bot.objects.get().next_update == 44


def test_a_count_that_begins_anew_is_heard(polled, alice, chat_with):
    chat_with(alice)
    for number in (700_000_000, 41, 42):
        heed(written(number, "/help"))
        heed(written(number, "/help"))
    assert Message.objects.filter(letter="reply").count() == 3


def test_another_bot_of_the_environment_counts_by_itself(polled, alice, chat_with, settings, monkeypatch):
    chat_with(alice)
    polled.updates = [written(700_000_000, "/help")]
    listen()
    monkeypatch.setitem(settings.ENV.values, "TELEGRAM_BOT_TOKEN", "9999:of-the-environment-of-this-site")
    polled.says["getMe"] = (200, {"ok": True, "result": {"username": "another_bot"}}, {})
    listen()
    polled.updates = [written(900_000_000, "/help")]
    assert listen() == "1 heard"
    assert Message.objects.filter(letter="reply").count() == 2


@pytest.fixture
def called(bot, settings):
    """Telegram calls this site."""
    settings.BASE_URL = "https://theses.example.edu"
    Bot.objects.update(mode="webhook")
    listen()
    return bot


def call(client, update, secret=None):
    words = update if isinstance(update, bytes) else json.dumps(update)
    said = in_force().secret if secret is None else secret
    return client.post(
        "/telegram/webhook", words, content_type="application/json", headers={"X-Telegram-Bot-Api-Secret-Token": said}
    )


def test_telegram_is_told_where_to_call(called):
    (asked,) = called.calls("setWebhook")
    assert asked["url"] == "https://theses.example.edu/telegram/webhook"
    assert asked["secret_token"] == in_force().secret
    assert called.calls("getUpdates") == []


def test_a_call_is_heard_once(called, client, alice, chat_with):
    chat_with(alice)
    for _ in range(2):
        assert call(client, written(5, "/help")).json() == {}
    assert Message.objects.filter(letter="reply").count() == 1


def test_a_press_is_answered_in_the_answer(called, client, alice, chat_with):
    chat_with(alice)
    assert call(client, pressed(6, "done:404")).json() == {
        "method": "answerCallbackQuery",
        "callback_query_id": "press-6",
        "text": "This to-do is not there any more.",
    }


@pytest.mark.parametrize("secret", ["", "wrong", "é" * 64])
def test_who_does_not_know_the_secret_is_not_heard(called, client, secret):
    assert call(client, written(5, "/help"), secret.encode().decode("latin-1")).status_code == 403
    assert Message.objects.filter(letter="reply").count() == 0


def test_while_we_ask_nobody_may_call(bot, client):
    assert call(client, written(5, "/help")).status_code == 403


@pytest.mark.parametrize("words", [b"{", b"\xff", b"[" * 100_000])
def test_a_call_that_is_no_json_is_refused(called, client, words):
    assert call(client, words).status_code == 400


@pytest.mark.parametrize("length", [300_000, 10_000_000])
def test_a_call_that_is_too_long_is_refused(called, client, length):
    assert call(client, b" " * length).status_code == 413
