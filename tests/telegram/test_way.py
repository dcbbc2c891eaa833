"""News by Telegram, beside mail and the app."""

import json
from datetime import timedelta

import pytest

from superviseme.notifications.announce import announce
from superviseme.notifications.models import Preference
from superviseme.notifications.spread import spread_due_notices
from superviseme.notifications.verbs import Verb
from superviseme.outbox.models import Message
from superviseme.telegram.deliver import deliver_due_messages
from superviseme.telegram.models import Bot
from superviseme.telegram.way import reached
from superviseme.web.time import now, simulated
from superviseme.workspaces.todos.actions import add_todo
from tests import people


@pytest.fixture
def news(bot):
    """`news()`: what was just told goes out; the texts that came to chat 77."""

    def told() -> list[str]:
        with simulated(now() + timedelta(minutes=1)):
            spread_due_notices()
            deliver_due_messages()
        return bot.texts(77)

    return told


def channels(person):
    letters = Message.objects.filter(recipient_id=person.pk).exclude(letter="telegram_connected")
    return sorted(letters.values_list("channel", flat=True))


def test_news_come_by_mail_and_to_the_chat(alice, bob, workspace, chat_with, news):
    chat_with(alice)
    announce(Verb.WORKSPACE_FROZEN, workspace, by=bob, link=f"/w/{workspace.pk}")
    (text,) = news()
    assert text.splitlines()[0] == workspace.title
    assert text.splitlines()[1].startswith("Bob Boss froze")
    assert channels(alice) == ["email", "telegram"]


@pytest.mark.parametrize("theses", [7, 9])  # Telegram is given six buttons, and none of a thesis may be missing
def test_what_one_person_did_to_many_theses_is_one_message_with_one_button(
    alice, bob, chat_with, news, bot, settings, theses
):
    settings.BASE_URL = "https://theses.example.edu"
    chat_with(alice)
    for n in range(theses):
        one = people.a_thesis(title=f"Thesis {n}", author=alice, supervisor=bob).workspace
        announce(Verb.WORKSPACE_FROZEN, one, by=bob, link=f"/w/{one.pk}")
    (text,) = news()
    assert [f"Bob Boss froze «Thesis {n}»" in text for n in range(theses)] == [True] * theses
    assert [button["text"] for button in bot.buttons()] == ["All notices"]


def test_signs_that_mean_something_elsewhere_arrive_as_they_are(alice, bob, workspace, chat_with, news):
    chat_with(alice)
    add_todo(workspace, title="Is <b>a < b</b> & *bold* _true_?", by=bob, assignee=alice)
    assert "Is <b>a < b</b> & *bold* _true_?" in news()[0]


def test_the_message_carries_the_act(alice, bob, workspace, chat_with, news, bot, settings):
    settings.BASE_URL = "https://theses.example.edu"
    chat_with(alice)
    todo = add_todo(workspace, title="Read", by=bob, assignee=alice)
    news()
    assert {"text": "Done", "callback_data": f"done:{todo.pk}"} in bot.buttons()
    assert {"text": "Open", "url": f"https://theses.example.edu{todo.get_absolute_url()}"} in bot.buttons()


def test_where_telegram_would_refuse_the_address_it_stands_in_the_text(
    alice, bob, workspace, chat_with, news, settings
):
    settings.BASE_URL = "http://localhost:8080"
    chat_with(alice)
    todo = add_todo(workspace, title="Read", by=bob, assignee=alice)
    assert news()[0].endswith(f"Open: http://localhost:8080{todo.get_absolute_url()}")


def test_the_first_line_is_bold_in_units_of_telegram(alice, bob, workspace, chat_with, news, bot):
    type(workspace).objects.filter(pk=workspace.pk).update(title="Proofs 😀")
    workspace.refresh_from_db()
    chat_with(alice)
    announce(Verb.WORKSPACE_FROZEN, workspace, by=bob, link="/theses")
    news()
    entities = json.loads(bot.calls("sendMessage")[-1]["entities"])
    assert entities == [{"type": "bold", "offset": 0, "length": 9}]


def test_who_does_not_want_a_kind_there_does_not_get_it(alice, bob, workspace, chat_with, news):
    chat_with(alice)
    Preference.objects.create(person=alice, category="course", channel="telegram", delivery="never")
    announce(Verb.WORKSPACE_FROZEN, workspace, by=bob, link="/theses")
    assert news() == []
    assert channels(alice) == ["email"]


def test_a_kind_that_the_site_does_not_offer_is_not_sent(alice, bob, workspace, chat_with, news):
    chat_with(alice)
    Bot.objects.update(kinds=["talk"])
    announce(Verb.WORKSPACE_FROZEN, workspace, by=bob, link="/theses")
    assert news() == []


def test_the_choices_have_a_column_for_it_once_a_chat_is_connected(as_, alice, chat_with):
    browser = as_(alice)
    assert b"talk-telegram" not in browser.get("/profile/notices").content
    chat_with(alice)
    Bot.objects.update(kinds=["talk"])
    page = browser.get("/profile/notices").content
    assert (b"talk-telegram" in page, b"course-telegram" in page) == (True, False)
    assert b"not by this way" in page


def test_a_choice_for_telegram_is_kept(as_, alice, chat_with):
    chat_with(alice)
    as_(alice).post("/profile/notices", {"daily_hour": "7", "talk-telegram": "never"})
    assert Preference.objects.get(person=alice).channel == "telegram"


def test_a_day_is_told_in_one_message(alice, bob, workspace, chat_with, bot):
    chat_with(alice)
    Preference.objects.create(person=alice, category="course", channel="telegram", delivery="daily")
    announce(Verb.WORKSPACE_FROZEN, workspace, by=bob, link="/theses")
    announce(Verb.WORKSPACE_UNFROZEN, workspace, by=bob, link="/theses")
    with simulated(now() + timedelta(minutes=1)):
        spread_due_notices()
    with simulated(now() + timedelta(days=1)):
        spread_due_notices()
        deliver_due_messages()
    (text,) = bot.texts(77)
    assert "2 things for you" in text
    assert text.count("Bob Boss") == 2


@pytest.mark.parametrize("people", [1, 3])
def test_who_is_reached_costs_the_same_for_many(people, alice, bob, carol, chat_with, django_assert_num_queries):
    some = [alice, bob, carol][:people]
    for number, person in enumerate(some):
        chat_with(person, 70 + number)
    with django_assert_num_queries(2):
        assert reached(some) == {person.pk for person in some}


def test_who_may_not_tick_is_offered_no_button_for_it(workspace, bob, eve, chat_with, news, bot):
    chat_with(eve)  # an examiner, who was asked to read
    add_todo(workspace, title="Read the draft", by=bob, assignee=eve)
    news()
    assert [button for button in bot.buttons() if "callback_data" in button] == []
