"""What Telegram answers is told apart, whatever it answers."""

import json

import pytest

from superviseme.telegram import bot_api
from superviseme.telegram.bot_api import BotApi
from tests.web.server import Service, drip, serving

TOKEN = "12:secret-of-the-bot"


class Telegram(Service):
    """The wire format of the Bot API; `says` is the next answer, else that it went well."""

    says = None

    def answer(self, method, path, fields, headers):
        return self.says or {"ok": True, "result": {"message_id": 7}}


@pytest.fixture
def telegram():
    with serving(Telegram()) as service:
        yield service


def refused(status, description="", **parameters):
    return (status, {"ok": False, "error_code": status, "description": description, "parameters": parameters}, {})


def ask(telegram, **words):
    return BotApi(telegram.url, TOKEN).ask("sendMessage", chat_id=5, text="a < b", **words)


def test_the_result_comes_back_and_the_token_is_in_the_path(telegram):
    assert ask(telegram, reply_markup={"inline_keyboard": []}) == {"message_id": 7}
    method, path, fields, _ = telegram.asked[0]
    assert (method, path) == ("POST", f"/bot{TOKEN}/sendMessage")
    assert fields == {"chat_id": "5", "text": "a < b", "reply_markup": '{"inline_keyboard": []}'}


def test_retry_after_is_passed_on_exactly(telegram):
    telegram.says = refused(429, "Too Many Requests: retry after 37", retry_after=37)
    with pytest.raises(bot_api.TooMany) as problem:
        ask(telegram)
    assert problem.value.retry_after == 37


def test_a_chat_that_moved_names_its_new_number(telegram):
    telegram.says = refused(400, "group chat was upgraded", migrate_to_chat_id=-1001234567890)
    with pytest.raises(bot_api.Moved) as problem:
        ask(telegram)
    assert problem.value.chat == -1001234567890


@pytest.mark.parametrize(
    ("wanted", "waited"),
    [(3.2, 4), (-5, 1), (0, 1), (None, 1), ("soon", 1), (True, 1), (10**30, 86400), (float("inf"), 1)],
)
def test_a_wait_is_one_that_can_be_waited(telegram, wanted, waited):
    telegram.says = refused(429, "Too Many Requests", retry_after=wanted)
    with pytest.raises(bot_api.TooMany) as problem:
        ask(telegram)
    assert problem.value.retry_after == waited


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        (refused(403, "Forbidden: bot was blocked by the user"), bot_api.Unwanted),
        (refused(400, "Bad Request: chat not found"), bot_api.Unwanted),
        (refused(400, "Bad Request: can't parse entities"), bot_api.Rejected),
        (refused(401, "Unauthorized"), bot_api.BadToken),
        ((200, {"ok": False, "error_code": 429, "description": "slowly"}, {}), bot_api.TooMany),
        ((200, {"ok": False, "error_code": "x"}, {}), bot_api.NotTaken),
        (refused(400, "moved", migrate_to_chat_id=10**30), bot_api.Rejected),
        (refused(500, "Internal Server Error"), bot_api.NotTaken),
        ((200, b"<html>", {}), bot_api.InDoubt),
        ((200, b"[]", {}), bot_api.InDoubt),
        ((302, b"", {"Location": "http://127.0.0.1:9/"}), bot_api.InDoubt),
    ],
)
def test_each_refusal_is_told_apart(telegram, says, kind):
    telegram.says = says
    with pytest.raises(bot_api.NotTaken) as problem:
        ask(telegram)
    assert type(problem.value) is kind


def test_an_answer_without_end_is_broken_off(telegram):
    telegram.says = (200, drip(telegram), {})
    with pytest.raises(bot_api.InDoubt):
        ask(telegram, patience=0.3)


def test_nobody_listening_says_nothing_of_the_token():
    with pytest.raises(bot_api.NotTaken) as problem:
        BotApi("http://127.0.0.1:9", TOKEN).ask("getMe")
    assert TOKEN not in json.dumps(str(problem.value))


def test_a_demonstration_site_asks_this_machine_only(settings):
    settings.SITE_MODE = "demo"
    with pytest.raises(bot_api.NotTaken) as problem:
        BotApi("https://telegram.invalid", TOKEN).ask("getMe")
    assert problem.value.in_doubt is False


def test_a_long_text_is_cut_between_characters():
    assert bot_api.cut("😀" * 3000) == "😀" * 2047 + "…"
    assert bot_api.cut("short") == "short"


@pytest.mark.parametrize("quoted", [f"/bot{TOKEN}/sendMessage", "12%3Asecret-of-the-bot", "x" * 240 + TOKEN])
def test_a_refusal_that_quotes_the_address_is_passed_on_without_the_token(telegram, quoted):
    telegram.says = refused(500, f"Internal error at {quoted}")
    with pytest.raises(bot_api.NotTaken) as problem:
        ask(telegram)
    assert "secret-of" not in str(problem.value)
    assert str(problem.value).startswith("Telegram answered 500: Internal error at ")


def test_a_refusal_is_kept_in_words_whatever_signs_it_holds(telegram):
    telegram.says = refused(403, "Forbidden\x00: \ud800bot was \u202eblocked\n\nby the user")
    with pytest.raises(bot_api.Unwanted) as problem:
        ask(telegram)
    assert str(problem.value) == "Telegram answered 403: Forbidden: ?bot was blocked by the user"
