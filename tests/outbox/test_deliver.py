"""Delivery: once, in time, and with patience."""

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy

import pytest

from superviseme.outbox.deliver import deliver_due_messages
from superviseme.outbox.models import Message, State
from superviseme.web.time import now, simulated


def state_of(message):
    return Message.objects.get(pk=message.pk).state


def test_without_a_mail_server_letters_stay_in_the_house_and_count_as_sent(letter, settings):
    settings.MAIL_SERVER = ""
    message = letter()
    assert (deliver_due_messages(), state_of(message)) == ("1 sent", State.SENT)


def test_a_letter_arrives_with_its_headers(letter, postman, settings):
    message = letter(to_name="Alice Author")
    deliver_due_messages()
    mail = message_from_bytes(postman.taken[0], policy=policy.default)
    assert (mail["To"], mail["Message-ID"], mail["Auto-Submitted"]) == (
        "Alice Author <alice@example.org>",
        message.message_id,
        "auto-generated",
    )
    assert mail.get_body(("html",)) is not None


def test_what_was_sent_is_not_sent_again(letter, postman):
    letter()
    deliver_due_messages(), deliver_due_messages()
    assert len(postman.taken) == 1


def test_one_key_is_one_letter(letter, postman):
    letter(key="same"), letter(key="same")
    deliver_due_messages()
    assert len(postman.taken) == 1


def test_a_letter_for_later_waits(letter, postman):
    message = letter(due_at=now() + timedelta(hours=1))
    deliver_due_messages()
    assert (postman.taken, state_of(message)) == ([], State.WAITING)


def test_an_address_that_does_not_exist_fails_at_once_and_the_others_go(letter, postman):
    postman.answers["nobody@example.org"] = "550 no such user"
    bad, good = letter("nobody@example.org"), letter("alice@example.org")
    deliver_due_messages()
    assert (state_of(bad), state_of(good), len(postman.taken)) == (State.FAILED, State.SENT, 1)
    assert "550" in Message.objects.get(pk=bad.pk).last_error


def test_a_server_that_defers_is_asked_again_later(letter, postman):
    postman.answers["alice@example.org"] = "451 try later"
    message = letter()
    deliver_due_messages()
    waiting = Message.objects.get(pk=message.pk)
    assert (waiting.state, waiting.attempts, waiting.due_at > now() + timedelta(seconds=40)) == (State.WAITING, 1, True)
    postman.answers.clear()
    with simulated(now() + timedelta(minutes=5)):
        deliver_due_messages()
    assert state_of(message) == State.SENT


def test_a_server_that_is_away_costs_one_try_and_nothing_else(letter, postman, settings):
    settings.EMAIL_PORT = 1
    first, second = letter("a@example.org"), letter("b@example.org")
    deliver_due_messages()
    attempts = list(Message.objects.order_by("pk").values_list("attempts", flat=True))
    assert (state_of(first), state_of(second), attempts) == (State.WAITING, State.WAITING, [1, 0])


def test_after_three_days_it_is_given_up(letter, postman, settings):
    settings.EMAIL_PORT = 1
    message = letter()
    with simulated(now() + timedelta(hours=73)):
        deliver_due_messages()
    assert state_of(message) == State.FAILED


def test_a_sender_that_was_cut_off_leaves_nothing_behind(letter, postman):
    message = letter()
    Message.objects.filter(pk=message.pk).update(
        state=State.SENDING, claimed_at=now() - timedelta(minutes=4), attempts=1
    )
    deliver_due_messages()
    mail = message_from_bytes(postman.taken[0], policy=policy.default)
    assert (state_of(message), mail["Message-ID"]) == (State.SENT, message.message_id)


def test_what_another_is_sending_is_left_to_it(letter, postman):
    message = letter()
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, claimed_at=now())
    deliver_due_messages()
    assert postman.taken == []


@pytest.mark.parametrize(
    "name", ["Eve\r\nBcc: mallory@example.org", 'A" <mallory@example.org>, "B', "Ann, mallory@example.org"]
)
def test_a_name_cannot_add_a_recipient_or_a_header(letter, postman, name):
    message = letter()
    Message.objects.filter(pk=message.pk).update(
        to_name=name, subject="One\r\nX-Two: three", headers={"X-A": "b\r\nBcc: c@d.e"}
    )
    deliver_due_messages()
    mail = message_from_bytes(postman.taken[0], policy=policy.default)
    assert [a.addr_spec for a in mail["To"].addresses] == ["alice@example.org"]
    assert (mail["Bcc"], mail["X-Two"]) == (None, None)


@pytest.mark.parametrize("address", ["", "a@b@c", "ü@exämple..org"])
def test_an_address_nobody_could_write_to_fails_alone(letter, postman, address):
    bad, good = letter(), letter("bob@example.org")
    Message.objects.filter(pk=bad.pk).update(to=address)
    deliver_due_messages()
    assert (state_of(bad), state_of(good)) == (State.FAILED, State.SENT)


def test_letters_that_open_an_account_are_not_kept_once_sent(letter, postman):
    message = letter(kind="password_reset")
    deliver_due_messages()
    sent = Message.objects.get(pk=message.pk)
    assert (sent.state, sent.text, sent.html) == (State.SENT, "", "")


@pytest.mark.parametrize("fields", [{}, {"calendar": "BEGIN:VCALENDAR\nMETHOD:REQUEST\nSUMMARY:Zoë\nEND:VCALENDAR\n"}])
def test_a_letter_is_of_seven_bits_so_that_every_server_takes_it(letter, postman, fields):
    message = letter()
    Message.objects.filter(pk=message.pk).update(text="Zoë 😀 =3D\n.\nعربي\n", html="<p>Zoë</p>", **fields)
    deliver_due_messages()
    (taken,) = postman.taken
    mail = message_from_bytes(taken, policy=policy.default)
    assert taken.isascii()
    assert mail.get_body(("plain",)).get_content().replace("\r\n", "\n") == "Zoë 😀 =3D\n.\nعربي\n"
    assert mail.get_body(("html",)).get_content() == "<p>Zoë</p>"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("450 4.2.0 Come\x00 \x07later", "450 4.2.0 Come later"),
        ("hello there", "The mail server answered with something that is no answer: o there"),
    ],
)
def test_what_a_server_says_is_kept_in_words(letter, postman, said, kept):
    message = letter()
    postman.answers["alice@example.org"] = said
    deliver_due_messages()
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("waiting", kept)


@pytest.fixture
def rude(settings, postman) -> Iterator[Callable[[str], None]]:
    """`rude("554 no")`: all that the mail server says to whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def talks(words: str) -> None:
            settings.EMAIL_PORT = door.getsockname()[1]
            threading.Thread(target=lambda: door.accept()[0].sendall(f"{words}\r\n".encode()), daemon=True).start()

        yield talks


def test_a_server_that_lets_nobody_in_is_said_in_words(letter, rude):
    message = letter()
    rude("554 no service for you")
    deliver_due_messages()
    message.refresh_from_db()
    assert message.last_error == "The mail server does not let us in: 554 no service for you"


@pytest.mark.parametrize("quoted", ["pass-of-the-site", "cGFzcy1vZi10aGUtc2l0ZQ==", "AHVzAHBhc3Mtb2YtdGhlLXNpdGU="])
def test_a_server_that_quotes_our_password_does_not_bring_it_into_the_outbox(letter, rude, settings, quoted):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "us", "pass-of-the-site"  # noqa: S105 - of a test
    message = letter()
    rude(f"554 you said {quoted} to me")
    deliver_due_messages()
    message.refresh_from_db()
    assert message.last_error.endswith(": 554 you said … to me")
