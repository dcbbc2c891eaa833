"""A post office for tests: a real SMTP server on loopback that answers as told."""

import logging
import socket
from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller

from superviseme.outbox.models import Message
from superviseme.outbox.post import post
from superviseme.web.time import now


class Postman:
    """Keeps what it takes; `answers` says otherwise by recipient or by "DATA"."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        if "DATA" in self.answers:
            return self.answers["DATA"]
        self.taken.append(envelope.content)
        return "250 OK"


logging.getLogger("mail.log").setLevel(logging.WARNING)  # it talks on after a test is over


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture
def postman(settings, tmp_path) -> Iterator[Postman]:
    settings.DATA_DIR = tmp_path
    handler = Postman()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.MAIL_SERVER = settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 2
    yield handler
    controller.stop()


@pytest.fixture
def letter(db) -> Callable[..., Message]:
    """`letter("alice@example.org")` puts a letter into the outbox."""

    def written(to="alice@example.org", *, key=None, kind="password_changed", **fields) -> Message:
        words = {"name": "Alice", "when": now(), "link": "https://x.example/l", "email": to, "expires": now()}
        return post(kind, to=to, key=key or f"test:{to}:{Message.objects.count()}", context=words, **fields)

    return written
