"""What people write to the bot, and what they hear."""

import datetime as dt

import pytest

from superviseme.outbox.models import Message
from superviseme.policy.roles import Seat
from superviseme.telegram.chats import actions as chats
from superviseme.telegram.deliver import deliver_due_messages
from superviseme.telegram.talk import commands
from superviseme.telegram.talk.heed import heed
from superviseme.web.time import today
from superviseme.workspaces.models import Workspace
from superviseme.workspaces.room.actions import freeze_workspace
from superviseme.workspaces.todos.actions import add_todo
from tests import people

from .server import pressed, written


@pytest.fixture
def todo(workspace, alice, bob):
    return add_todo(workspace, title="Read <Euler> & others", by=bob, assignee=alice)


def test_todos_are_listed_with_their_numbers(todo, alice, chat_with, says):
    chat_with(alice)
    (said,) = says("/todos")
    assert said.splitlines()[:2] == [
        "Your open to-dos",
        f"{todo.number} · Read <Euler> & others ({todo.workspace.title})",
    ]


def test_an_overdue_one_says_so(workspace, alice, bob, chat_with, says):
    add_todo(workspace, title="Late", by=bob, assignee=alice, due_on=today() - dt.timedelta(days=1))
    chat_with(alice)
    assert "overdue since" in says("/todos")[0]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_however_long(rows, workspace, alice, bob, django_assert_num_queries):
    for number in range(rows):
        add_todo(workspace, title=f"To-do {number}", by=bob, assignee=alice)
    with django_assert_num_queries(1):
        assert commands.todos(alice, "").text.count(" · ") == rows


def test_without_todos_the_list_says_so(alice, chat_with, says):
    chat_with(alice)
    assert says("/todos") == ["You have no open to-dos."]


def test_done_ticks_the_one_with_that_number(todo, alice, chat_with, says):
    chat_with(alice)
    assert says(f"/done {todo.number}") == ["Done: «Read <Euler> & others»."]
    todo.refresh_from_db()
    assert (todo.state, todo.closed_by) == ("done", alice)


@pytest.mark.parametrize("words", ["/done", "/done twelve", "/done -1", "/done ١٢", "/done 99999999999999999999"])
def test_done_without_a_number_says_how(words, alice, chat_with, says):
    chat_with(alice)
    assert says(words) == ["Say which: /done 12. /todos has the numbers."]


def test_done_with_a_number_that_is_not_there_says_so(alice, workspace, chat_with, says):
    chat_with(alice)
    assert says("/done 404") == ["No open to-do here has the number 404. /todos lists yours."]


def test_where_two_have_the_number_buttons_ask_which(workspace, todo, alice, bob, chat_with, says, bot):
    other = people.a_thesis(title="Second thesis", author=alice, supervisor=bob).workspace
    twin = add_todo(other, title="Same number", by=bob, assignee=alice)
    chat_with(alice)
    assert says(f"/done {todo.number}") == [f"Several have the number {todo.number}. Which one is done?"]
    assert bot.buttons()[1] == {"text": "Done: Same number · Second thesis", "callback_data": f"done:{twin.pk}"}


def test_pressing_done_ticks_it_and_answers_the_press(todo, alice, chat_with, bot):
    chat_with(alice)
    said = heed(pressed(1, f"done:{todo.pk}"))
    assert said == {"callback_query_id": "press-1", "text": "Done: «Read <Euler> & others»."}
    assert heed(pressed(2, f"done:{todo.pk}"))["text"] == "«Read <Euler> & others» was done already."


def test_a_button_of_somebody_elses_todo_does_nothing(todo, mallory, chat_with):
    chat_with(mallory)
    assert heed(pressed(1, f"done:{todo.pk}"))["text"] == "This to-do is not there any more."
    todo.refresh_from_db()
    assert todo.state == "open"


@pytest.mark.parametrize("data", ["done:", "done:x", "else", "done:99999999999999999999999", "done:-1"])
def test_a_button_that_is_not_ours_does_nothing(data, alice, chat_with):
    chat_with(alice)
    assert heed(pressed(1, data))["text"] == "This button is not known any more."


def test_the_law_of_the_site_holds_in_the_chat(todo, eve, chat_with, says):
    chat_with(eve)  # an examiner sees it and may not tick it
    said = says(f"/done {todo.number}")
    todo.refresh_from_db()
    assert (said[0].startswith("This is for"), todo.state) == (True, "open")


def test_in_a_frozen_thesis_nothing_is_ticked(todo, bob, alice, chat_with, says):
    freeze_workspace(todo.workspace, by=bob)
    chat_with(alice)
    assert "frozen" in says(f"/done {todo.number}")[0]
    assert says("/todos") == ["You have no open to-dos."]


def test_next_says_what_the_desk_says(todo, workspace, alice, bob, chat_with, says, bot):
    add_todo(workspace, title="Draft", by=bob, assignee=alice, due_on=today())
    chat_with(alice)
    assert "Draft (" in says("/next")[0]
    assert says("/next", chat=88)[0].startswith("SuperviseMe\nThis chat is not connected.")


def test_unknown_words_are_answered_with_help(alice, chat_with, says):
    chat_with(alice)
    assert says("how are you") == ["I do not know what that means. /help says what you can write."]
    assert "/todos" in says("/help@supervise_test_bot")[0]


def test_an_update_is_heard_once(todo, alice, chat_with, bot):
    chat_with(alice)
    for _ in range(2):
        heed(written(5, "/todos"))
    deliver_due_messages()
    assert len(bot.texts(77)) == 1


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        {},
        {"update_id": "7"},
        {"update_id": 7},
        {"update_id": -7},
        {"update_id": 10**30, "message": {"text": "/help", "chat": {"id": 77, "type": "private"}}},
        {"update_id": 7, "message": {"text": "/help", "chat": {"id": 10**30, "type": "private"}}},
        {"update_id": 7, "message": {"text": "/help", "chat": {"id": True, "type": "private"}}},
        {"update_id": 7, "message": {"text": 5, "chat": None}},
        {"update_id": 7, "message": {"text": "/start", "chat": {"id": "x", "type": "private"}}},
        {"update_id": 7, "callback_query": {"id": "1"}},
        {"update_id": 7, "my_chat_member": {"chat": {"id": 77}, "new_chat_member": {}}},
    ],
)
def test_what_cannot_be_understood_is_left_aside(update, bot):
    assert heed(update) is None
    assert Message.objects.filter(channel="telegram", to="True").count() == 0


def test_a_chat_that_was_lost_is_back_when_its_person_writes(alice, chat_with, says):
    chats.lose(chat_with(alice), "Telegram answered 400: chat not found")
    assert says("/help")[0].startswith("What you can write here")
    assert type(alice).objects.get(pk=alice.pk).telegram_chat.lost_at is None


def test_one_that_cannot_be_dealt_with_does_not_hold_up_the_next(alice, chat_with, says, monkeypatch):
    chat_with(alice)
    monkeypatch.setitem(commands.COMMANDS, "/todos", lambda person, rest: 1 / 0)
    assert says("/todos") == []
    assert says("/help")[0].startswith("What you can write here")


def test_a_blocked_bot_and_its_return_are_heard(alice, chat_with):
    chat_with(alice)
    member = {"chat": {"id": 77}, "new_chat_member": {"status": "kicked"}}
    heed({"update_id": 1, "my_chat_member": member})
    assert type(alice).objects.get(pk=alice.pk).telegram_chat.lost_at is not None
    heed({"update_id": 2, "my_chat_member": {**member, "new_chat_member": {"status": "member"}}})
    assert type(alice).objects.get(pk=alice.pk).telegram_chat.lost_at is None


def test_somebody_elses_is_not_ticked_by_its_number_but_asked_about(todo, bob, chat_with, says, bot):
    chat_with(bob)  # who supervises and was given nothing
    where = todo.workspace.title
    assert says(f"/done {todo.number}") == [
        f"«Read <Euler> & others» ({where}) is not yours: it is given to Alice Author. Is it done?"
    ]
    todo.refresh_from_db()
    assert (todo.state, bot.buttons()) == ("open", [{"text": "Done", "callback_data": f"done:{todo.pk}"}])
    assert heed(pressed(3000, f"done:{todo.pk}"))["text"] == "Done: «Read <Euler> & others»."


def test_one_that_is_given_to_nobody_is_asked_about(workspace, alice, bob, chat_with, says):
    number = add_todo(workspace, title="Book a room", by=bob).number
    chat_with(alice)
    assert says(f"/done {number}") == [f"«Book a room» ({workspace.title}) is given to nobody. Is it done?"]


def test_of_several_only_those_are_offered_that_one_may_tick(workspace, todo, alice, bob, eve, chat_with, says, bot):
    people.seat(people.a_thesis(title="Where Eve writes", author=eve, supervisor=bob).workspace, alice, Seat.EXAMINER)
    mine = add_todo(Workspace.objects.get(title="Where Eve writes"), title="Eve's own", by=bob, assignee=eve)
    chat_with(eve)  # an examiner of Alice's
    assert (mine.number, says(f"/done {todo.number}")) == (todo.number, ["Done: «Eve's own»."])
    chat_with(bob)
    mine = add_todo(workspace, title="Second", by=bob, assignee=alice)
    twin = add_todo(Workspace.objects.get(title="Where Eve writes"), title="Twin", by=bob, assignee=eve)
    assert says(f"/done {mine.number}") == [
        f"Several have the number {twin.number}, and none is yours. Which one is done?"
    ]
    assert [b["callback_data"] for b in bot.buttons()] == [f"done:{mine.pk}", f"done:{twin.pk}"]
    chat_with(alice)
    assert says(f"/done {twin.number}") == ["Done: «Second»."]


def test_ones_own_is_found_behind_many_of_others(todo, alice, bob, chat_with, says):
    for number in range(21):
        add_todo(people.a_thesis(title=f"Thesis {number}", supervisor=bob).workspace, title="x", by=bob)
    own = people.a_thesis(title="The last", supervisor=bob).workspace
    add_todo(own, title="Bob's own", by=bob, assignee=bob)
    chat_with(bob)
    assert says(f"/done {todo.number}") == ["Done: «Bob's own»."]


def test_more_than_have_room_for_a_button_are_counted(todo, bob, chat_with, says, bot):
    for number in range(7):
        add_todo(people.a_thesis(title=f"Thesis {number}", supervisor=bob).workspace, title="x", by=bob)
    chat_with(bob)
    said = says(f"/done {todo.number}")[0].splitlines()
    assert (said[1], len(bot.buttons())) == ("and 2 more: tick those on their pages", 6)


def test_one_that_may_not_be_ticked_is_not_offered_beside_one_that_may(workspace, alice, bob, chat_with, says, bot):
    read = people.a_thesis(title="Where Alice examines", supervisor=bob, examiner=alice).workspace
    add_todo(read, title="Not for her", by=bob)
    mine = add_todo(workspace, title="Book a room", by=bob)
    chat_with(alice)
    assert says(f"/done {mine.number}") == [f"«Book a room» ({workspace.title}) is given to nobody. Is it done?"]
    assert len(bot.buttons()) == 1
