"""Asking other servers: whatever they answer, it is an answer or they are away, within the time and no later."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from superviseme.web.deadline import Deadline
from superviseme.web.elsewhere import Away, ask

OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def server(says, dripping=b""):
    """Says this to who comes first, and then these bytes for ever, or it hangs up."""
    over = threading.Event()

    def serve():
        caller, _ = door.accept()
        with caller:
            try:
                caller.recv(65536)
                caller.sendall(says)
                while dripping and not over.wait(0.05):
                    caller.sendall(dripping)
            except OSError:
                pass  # who asked has gone

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        over.set()
        thread.join(timeout=5)


@pytest.mark.parametrize(
    ("says", "dripping"),
    [
        (OK + b"X: ", b"a"),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (OK + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n", b"0"),
        (OK + b"\r\n", b" "),
        (OK + b"Content-Length: 9000\r\n\r\n", b" "),
    ],
)
def test_what_drips_is_cut_off_as_a_whole(says, dripping):
    began = time.monotonic()
    with server(says, dripping) as address, pytest.raises(Away):
        ask("POST", address, within=0.5)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"\xff\x00",
        OK + b"Content-Length: 1000\r\n\r\n{",
        OK + b"Content-Length: 1,2\r\n\r\nx",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nno z",
        OK + b"Content-Encoding: " + b"gzip, " * 50 + b"gzip\r\n\r\nx",
        OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n100\r\nfoo",
        OK + b"X: x\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_an_answer_that_breaks_off_or_is_none_is_no_answer(says):
    with server(says) as address, pytest.raises(Away):
        ask("POST", address, within=5)


def test_a_connection_that_came_about_too_late_is_not_used():
    here, there = socket.socketpair()
    with here, there, pytest.raises(TimeoutError):
        Deadline(0).watch(here)


def test_when_the_time_is_over_a_read_ends():
    here, there = socket.socketpair()
    with here, there, Deadline(0.05) as deadline:
        deadline.watch(here)
        assert (here.recv(1), deadline.is_over) == (b"", True)
