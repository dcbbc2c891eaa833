"""A chat is a person's when they wrote the code of their profile into it."""

import re
from datetime import timedelta

import pytest

from superviseme.events.models import Event
from superviseme.outbox.models import Message
from superviseme.telegram.chats import actions, code
from superviseme.telegram.chats.queries import chat_of, person_of
from superviseme.telegram.models import Code
from superviseme.web.time import now, simulated


def test_the_profile_shows_a_link_and_a_picture_with_the_code(as_, alice, bot, says):
    page = as_(alice).post("/profile/telegram/code")
    made = re.search(r"/start ([\w-]+)", page.content.decode())[1]
    assert f"https://t.me/supervise_test_bot?start={made}".encode() in page.content
    assert b"<svg class=" in page.content
    assert page["Cache-Control"] == "no-store"
    assert made not in Code.objects.get().digest
    assert says(f"/start {made}")[0].startswith("Connected as Alice Author\n")
    assert person_of(77) == alice


def test_a_code_connects_once(alice, bot, says):
    made = actions.make_code(by=alice)
    says(f"/start {made}")
    assert says(f"/start {made}", chat=78)[0].startswith("This code is not valid any more.")
    assert chat_of(alice).chat == 77


def test_a_code_is_worth_nothing_after_a_quarter_of_an_hour(alice, bot, says):
    made = actions.make_code(by=alice)
    with simulated(now() + timedelta(minutes=15, seconds=1)):
        assert says(f"/start {made}")[0].startswith("This code is not valid any more.")
    assert chat_of(alice) is None


def test_a_new_code_ends_the_one_before(alice, bot, says):
    first = actions.make_code(by=alice)
    actions.make_code(by=alice)
    assert says(f"/start {first}")[0].startswith("This code is not valid any more.")


def test_a_group_is_nobodys_chat(alice, bot, says):
    assert says(f"/start {actions.make_code(by=alice)}", kind="group") == []
    assert chat_of(alice) is None


def test_a_chat_that_connects_for_another_person_leaves_the_first(alice, bob, chat_with):
    chat_with(alice)
    chat_with(bob)
    assert (chat_of(alice), person_of(77)) == (None, bob)
    assert Event.objects.filter(verb="telegram.disconnected", actor=alice).count() == 1


def test_whose_account_is_disabled_is_not_known_in_the_chat(alice, chat_with, says):
    chat_with(alice)
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    assert says("/todos")[0].startswith("SuperviseMe\nThis chat is not connected.")


def test_stop_disconnects(alice, chat_with, says):
    chat_with(alice)
    assert says("/stop")[0].startswith("This chat is disconnected.")
    assert chat_of(alice) is None


def test_the_profile_disconnects(as_, alice, chat_with):
    chat_with(alice)
    page = as_(alice).post("/profile/telegram/deletion", follow=True)
    assert b"Telegram is disconnected" in page.content
    assert chat_of(alice) is None


def test_a_test_goes_to_ones_own_chat(as_, alice, chat_with, says, bot):
    chat_with(alice)
    as_(alice).post("/profile/telegram/test")
    says("hello", chat=99)
    assert bot.texts(77)[0].startswith("It works\n")


def test_without_a_chat_there_is_nowhere_to_send_a_test(as_, alice, bot):
    assert as_(alice).post("/profile/telegram/test").status_code == 403


def test_a_site_without_a_bot_offers_nothing(as_, alice, telegram):
    browser = as_(alice)
    assert b"Telegram is not offered here" in browser.get("/profile/telegram").content
    assert browser.post("/profile/telegram/code").status_code == 422
    assert Code.objects.count() == 0


@pytest.mark.django_db
def test_chats_of_former_members_are_forgotten(alice, bob, chat_with):
    chat_with(alice, 77)
    chat_with(bob, 78)
    type(alice).objects.filter(pk=alice.pk).update(erased_at=now(), is_active=False)
    assert actions.forget_former_members() == 1
    assert (chat_of(alice), chat_of(bob).chat) == (None, 78)


def test_the_picture_is_square_and_holds_the_whole_link():
    side, path = code.picture("https://t.me/supervise_test_bot?start=abc")
    assert side >= 29
    assert path.startswith("M4 4h1v1h-1z")


def letters_to(person):
    return list(
        Message.objects.filter(channel="email", to=person.email).order_by("pk").values_list("letter", flat=True)
    )


def test_the_owner_of_the_account_is_told_by_mail_that_a_chat_was_connected_and_let_go(as_, alice, chat_with):
    chat_with(alice)
    (letter,) = Message.objects.filter(letter="telegram_connected")
    assert (letter.to, "@alice" in letter.text, "/profile/telegram" in letter.text) == (alice.email, True, True)
    as_(alice).post("/profile/telegram/deletion")
    as_(alice).post("/profile/telegram/deletion")
    assert letters_to(alice) == ["telegram_connected", "telegram_disconnected"]


def test_who_loses_the_chat_to_another_account_is_told_by_mail(alice, bob, chat_with):
    chat_with(alice)
    chat_with(bob)
    assert (letters_to(alice), letters_to(bob)) == (
        ["telegram_connected", "telegram_disconnected"],
        ["telegram_connected"],
    )


def test_looking_again_after_connecting_shows_the_chat_and_no_new_code(as_, alice, bot, says):
    browser = as_(alice)
    page = browser.post("/profile/telegram/code").content.decode()
    says(re.search(r"/start [\w-]+", page)[0])
    again = browser.post("/profile/telegram/code", follow=True).content.decode()
    assert ("/start " in again, "Telegram is connected." in again, Code.objects.count()) == (False, True, 0)


def test_a_lost_chat_is_connected_anew(as_, alice, chat_with):
    actions.lose(chat_with(alice), "blocked")
    assert "/start " in as_(alice).post("/profile/telegram/code").content.decode()
