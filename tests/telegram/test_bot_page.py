"""The page on which an administrator gives the site its bot."""

import re

import pytest

from superviseme.events.models import Event
from superviseme.telegram.bot.actions import version_of
from superviseme.telegram.bot.queries import in_force, kept
from superviseme.telegram.models import Bot

from .conftest import TOKEN
from .server import refusal


def form(**more):
    return {"token": "", "mode": "polling", "kinds": ["talk"], "seen": version_of(kept()), **more}


def test_the_page_says_how_to_get_a_bot(as_, ada, telegram):
    assert b"/newbot" in as_(ada).get("/admin/telegram").content


def test_the_token_is_kept_encrypted_and_never_shown_again(as_, ada, telegram):
    browser = as_(ada)
    browser.post("/admin/telegram", form(token=TOKEN))
    row = Bot.objects.get()
    assert in_force().token == TOKEN
    assert TOKEN not in row.sealed_token
    assert TOKEN.encode() not in browser.get("/admin/telegram").content
    assert TOKEN not in str(list(Event.objects.values_list("data", flat=True)))


def test_an_empty_token_leaves_the_one_that_is_kept(as_, ada, bot):
    as_(ada).post("/admin/telegram", form(mode="webhook"))
    assert (in_force().token, in_force().by_webhook, in_force().row.kinds) == (TOKEN, True, ["talk"])


def test_what_is_no_token_comes_back_with_the_reason(as_, ada, telegram):
    answer = as_(ada).post("/admin/telegram", form(token="my bot"))
    assert answer.status_code == 422
    assert b"This is no token" in answer.content
    assert in_force() is None


def test_the_environment_wins_and_says_so(as_, ada, bot, settings, monkeypatch):
    monkeypatch.setitem(settings.ENV.values, "TELEGRAM_BOT_TOKEN", "9999:of-the-environment-of-this-site")
    assert b"TELEGRAM_BOT_TOKEN" in as_(ada).get("/admin/telegram").content
    assert in_force().token.startswith("9999:")
    assert as_(ada).post("/admin/telegram/removal").status_code == 403


def test_who_saves_over_anothers_change_is_told(as_, ada, bot):
    browser = as_(ada)
    seen = re.search(r'name="seen" value="(\w+)"', browser.get("/admin/telegram").content.decode())[1]
    browser.post("/admin/telegram", form(mode="webhook"))
    assert browser.post("/admin/telegram", form(seen=seen)).status_code == 409
    assert in_force().by_webhook


def test_another_key_of_the_site_cannot_read_the_token_and_the_page_says_so(as_, ada, bot, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []
    assert in_force() is None
    assert b"cannot be read" in as_(ada).get("/admin/telegram").content


def test_a_former_key_still_reads_it(bot, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert in_force().token == TOKEN


def test_telegram_is_asked_who_the_bot_is(as_, ada, bot):
    assert b"this is @supervise_test_bot" in as_(ada).post("/admin/telegram/test", follow=True).content


def test_the_page_tells_what_telegram_refuses(as_, ada, bot):
    bot.says["getMe"] = refusal(401, "Unauthorized")
    answer = as_(ada).post("/admin/telegram/test", follow=True)
    assert b"Telegram answered 401: Unauthorized" in answer.content
    assert TOKEN.encode() not in answer.content


@pytest.mark.parametrize("said", ["x" * 5000, "a b", "<b>bot</b>", 7, None, "@elsewhere"])
def test_a_name_that_is_none_is_not_repeated(as_, ada, bot, said):
    bot.says["getMe"] = (200, {"ok": True, "result": {"username": said}}, {})
    content = as_(ada).post("/admin/telegram/test", follow=True).content.decode()
    assert "Telegram says nothing of who the bot is." in content
    assert "this is @" not in content


def test_without_a_token_nothing_goes_by_telegram(as_, ada, bot):
    as_(ada).post("/admin/telegram/removal")
    assert in_force() is None
    assert Bot.objects.get().sealed_token == ""
