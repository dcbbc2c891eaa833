"""Hostile, slow and forgetful mail servers: each is told apart, and none holds up the letters to others."""

import socket
import threading
from contextlib import contextmanager

import pytest
from structlog.testing import capture_logs

from superviseme.outbox import claims, deliver, journal
from superviseme.outbox.deliver import deliver_due_messages
from superviseme.outbox.models import Message, State
from superviseme.web.fence import Fence, Halt


def row(message):
    return Message.objects.get(pk=message.pk)


@pytest.fixture
def quick(monkeypatch):
    """The limits in tenths of seconds, so that a test of slowness is not slow."""
    monkeypatch.setattr(deliver, "PATIENCE", 0.3)
    monkeypatch.setattr(deliver, "LIMIT", 1.5)


class Server:
    """A mail server that is polite until the word it was told to be slow at."""

    def __init__(self, *, slow_at: str, slow_to: str = "slow.example", drip: bool = False, closes_after: int = 0):
        self.slow_at, self.slow_to, self.drip, self.closes_after = slow_at, slow_to, drip, closes_after
        self.taken: list[str] = []
        self.over = threading.Event()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while not self.over.is_set():
            try:
                visitor, _ = self.door.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(visitor,), daemon=True).start()

    def _talk(self, visitor):
        with visitor, visitor.makefile("rb") as words:
            visitor.sendall(b"220 here\r\n")
            recipient, letters = "", 0
            for line in words:
                verb = line[:4].upper().strip().decode()
                recipient = line.decode() if verb == "RCPT" else recipient
                if verb == "DATA":
                    visitor.sendall(b"354 go on\r\n")
                    for text in words:
                        if text == b".\r\n":
                            break
                if verb == self.slow_at and self.slow_to in recipient:
                    self._be_slow(visitor)
                    return
                if verb == "DATA":
                    self.taken.append(recipient.split("<")[1].split(">")[0])
                    letters += 1
                visitor.sendall(b"250 fine\r\n")
                if self.closes_after and letters == self.closes_after:
                    return

    def _be_slow(self, visitor):
        with_pause = 0.1 if self.drip else 30
        while not self.over.wait(with_pause):
            try:
                visitor.sendall(b"2")
            except OSError:
                return

    def close(self):
        self.over.set()
        self.door.close()


@contextmanager
def serving(settings, tmp_path, **how):
    server = Server(**how)
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT, settings.DATA_DIR = server.port, 20, tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    try:
        yield server
    finally:
        server.close()


@pytest.mark.parametrize("drip", [True, False])
@pytest.mark.parametrize("slow_at", ["RCPT", "DATA"])
def test_a_slow_host_ends_at_the_limit_and_the_others_do_not_wait(letter, settings, tmp_path, quick, slow_at, drip):
    with serving(settings, tmp_path, slow_at=slow_at, drip=drip) as server:
        slow = [letter(f"a{n}@slow.example") for n in range(2)]
        good = [letter(f"b{n}@good.example") for n in range(20)]
        deliver_due_messages()
    assert sorted(server.taken) == sorted(m.to for m in good)
    assert [(row(m).state, row(m).attempts) for m in slow] == [(State.WAITING, 1)] * 2
    assert {row(m).possible_copies for m in slow} == {1 if slow_at == "DATA" else 0}


def test_no_answer_to_the_letter_itself_is_doubt_and_logged(letter, settings, tmp_path, quick):
    with serving(settings, tmp_path, slow_at="DATA"), capture_logs() as logs:
        message = letter("a@slow.example")
        deliver_due_messages()
    said = [line["message_id"] for line in logs if "possible duplicate" in line["event"]]
    assert (said, row(message).possible_copies) == ([message.message_id], 1)


def test_a_server_that_closes_after_each_letter_is_called_again(letter, settings, tmp_path):
    with serving(settings, tmp_path, slow_at="never", closes_after=1) as server:
        letters = [letter(f"a{n}@example.org") for n in range(3)]
        assert deliver_due_messages() == "3 sent"
    assert server.taken == [m.to for m in letters]


def test_one_who_is_unknown_of_fifty_fails_alone_and_is_not_tried_again(letter, postman):
    postman.answers["p7@example.org"] = "550 no such user"
    letters = [letter(f"p{n}@example.org") for n in range(50)]
    assert (deliver_due_messages(), deliver_due_messages()) == ("49 sent, 1 not sent", "")
    assert (row(letters[7]).state, row(letters[7]).attempts) == (State.FAILED, 1)


def test_a_letter_refused_after_it_was_read_is_not_in_doubt(letter, postman):
    postman.answers["DATA"] = "451 not now"
    message = letter()
    deliver_due_messages()
    assert (row(message).state, row(message).possible_copies) == (State.WAITING, 0)


def test_what_is_sent_stands_in_the_journal(letter, postman):
    messages = [letter(f"p{n}@example.org") for n in range(3)]
    deliver_due_messages()
    lines = list(journal.lines(journal.files()))
    assert [(line.key, line.message_id) for line in lines] == [(m.key, m.message_id) for m in messages]


def cut_off(message, *, begun, epoch=3):
    """Left behind by a sender of that epoch."""
    fields = {"state": State.SENDING, "claimed_by": "gone", "claimed_epoch": epoch, "claimed_at": message.created_at}
    Message.objects.filter(pk=message.pk).update(**fields, data_at=message.created_at if begun else None)


@pytest.mark.parametrize(
    "begun, in_journal, copies, logged", [(False, False, 0, 0), (True, False, 1, 1), (True, True, 0, 0)]
)
def test_what_a_killed_sender_left_is_doubt_only_between_two_commits(
    letter, postman, begun, in_journal, copies, logged
):
    message = letter()
    cut_off(message, begun=begun)
    if in_journal:
        with journal.opened() as book:
            book.write(message.message_id, message.key)
    with capture_logs() as logs:
        deliver_due_messages(Fence(epoch=4))
    assert (row(message).state, row(message).possible_copies) == (State.SENT, copies)
    assert (len(postman.taken), sum("duplicate" in line["event"] for line in logs)) == (0 if in_journal else 1, logged)


def test_a_sender_that_was_replaced_cannot_write_about_what_another_sent(letter, postman):
    message = letter()
    [mine] = claims.claim(1, epoch=1)
    Message.objects.filter(pk=message.pk).update(state=State.WAITING, claimed_by="")
    [theirs] = claims.claim(1, epoch=2)
    assert (claims.begin(mine, gone=None), claims.begin(theirs, gone=None)) == (False, True)


def test_asked_to_stop_it_stops_between_two_letters_and_leaves_nothing_claimed(letter, postman):
    for n in range(5):
        letter(f"p{n}@example.org")

    class AfterTwo(Fence):
        def __call__(self):
            if len(postman.taken) >= 2:
                raise Halt

    with pytest.raises(Halt):
        deliver_due_messages(AfterTwo())
    states = sorted(Message.objects.values_list("state", flat=True))
    assert (len(postman.taken), states) == (2, [State.SENT] * 2 + [State.WAITING] * 3)


def test_a_letter_takes_few_writes(letter, postman, django_assert_max_num_queries):
    for n in range(20):
        letter(f"p{n}@example.org")
    with django_assert_max_num_queries(20 * 4 + 12):
        deliver_due_messages()
