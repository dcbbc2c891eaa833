"""One connection to the mail server, in the steps that matter to who delivers: connect, offer, hand over.

Until `hand_over` nothing can have gone. What the server answers decides: 5xx is this letter's end, 4xx is for later, no
answer to the connection is the site's trouble, no answer to DATA is doubt.
"""

import contextlib
import smtplib
import socket
from base64 import b64encode
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import sanitize_address

from superviseme.web.text import one_line

from .channels import as_mail
from .models import Message


class Refused(Exception):
    """Not delivered. `for_good`: trying again cannot help this message. `in_doubt`: it may have gone all the same."""

    def __init__(self, why: str, *, for_good: bool = False, in_doubt: bool = False):
        super().__init__(why)
        why = one_line(why)  # what others say may hold anything, and is kept and shown
        self.why, self.for_good, self.in_doubt = why, for_good, in_doubt


class Away(Refused):
    """Nobody is listening, or not to us: the other messages can wait as well."""


class Smtp:
    def __init__(self) -> None:
        self.backend: Any = get_connection()
        self.letter = b""
        self.is_fresh = False

    def connect(self) -> None:
        if self.backend.connection:
            self.is_fresh = False
            return
        try:
            self.backend.open()
            self.backend.connection.ehlo_or_helo_if_needed()
        except (smtplib.SMTPException, OSError) as problem:
            self._drop()
            raise Away(_not_connected(problem)) from None
        self.is_fresh = True

    def offer(self, message: Message) -> None:
        """Sender and recipient. A server that closes a connection it has used before is called once more."""
        try:
            mail = as_mail(message)
            written: Any = mail.message()  # Django's own class, which knows line endings
            self.letter = written.as_bytes(linesep="\r\n")
            sender_, recipient = (sanitize_address(one, "utf-8") for one in (mail.from_email, *mail.recipients()))
        except (ValueError, UnicodeError) as problem:  # an address or header nobody could send
            raise Refused(f"{type(problem).__name__}: {problem}", for_good=True) from None
        try:
            self._envelope(sender_, recipient)
        except (smtplib.SMTPServerDisconnected, OSError) as problem:
            self._drop()
            if self.is_fresh:
                raise Refused(_no_answer(problem)) from None
            self.connect()
            self._offer_again(sender_, recipient)

    def _offer_again(self, sender_: str, recipient: str) -> None:
        try:
            self._envelope(sender_, recipient)
        except (smtplib.SMTPServerDisconnected, OSError) as problem:
            self._drop()
            raise Refused(_no_answer(problem)) from None

    def _envelope(self, sender_: str, recipient: str) -> None:
        server = self.backend.connection
        size = [f"size={len(self.letter)}"] if server.does_esmtp and server.has_extn("size") else []
        code, said = server.mail(sender_, size)
        if code == 421:
            raise smtplib.SMTPServerDisconnected("closing")
        if code != 250:
            self._reset()
            if size and code == 552:
                raise _by_code(code, said)
            raise Away(f"The mail server does not take mail from {sender_}: {code} {_words(said)}")
        code, said = server.rcpt(recipient)
        if code not in (250, 251):
            self._reset()
            raise _by_code(code, said)

    def hand_over(self) -> None:
        """From here the letter may have gone."""
        try:
            code, said = self.backend.connection.data(self.letter)
        except smtplib.SMTPDataError as problem:  # refused before a word of it was said
            self._reset()
            raise _by_code(problem.smtp_code, problem.smtp_error) from None
        except (smtplib.SMTPException, OSError) as problem:
            self._drop()
            raise Refused(_no_answer(problem), in_doubt=True) from None
        if 400 <= code < 600:
            self._reset()
            raise _by_code(code, said)
        if code != 250:  # half an answer, or nonsense
            self._drop()
            raise Refused(f"The mail server answered {code} {_words(said)}"[:300], in_doubt=True)

    def abort(self) -> None:
        """From another thread: whatever is waited for ends now."""
        server = self.backend.connection or self.backend._partial_connection
        with contextlib.suppress(OSError, AttributeError):
            server.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.backend.close()
        self.backend.connection = None

    def _reset(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.backend.connection.rset()

    def _drop(self) -> None:
        """Without a word: the other side does not listen."""
        for server in (self.backend.connection, self.backend._partial_connection):
            if server is not None:
                with contextlib.suppress(OSError):
                    server.close()
        self.backend.connection = self.backend._partial_connection = None


def _not_connected(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"The mail server does not let us in: {problem.smtp_code} {_words(problem.smtp_error)}"
    return f"The mail server does not answer ({type(problem).__name__}: {problem})"


def _no_answer(problem: Exception) -> str:
    return f"The mail server broke off or was too slow ({type(problem).__name__}: {problem})"


def _by_code(code: int, said: bytes | str) -> Refused:
    """5xx: this message will never be taken. 4xx: later, perhaps."""
    if not 200 <= code < 600:
        return Refused(f"The mail server answered with something that is no answer: {_words(said)}"[:300])
    return Refused(f"{code} {_words(said)}", for_good=code >= 500)


def _words(said: bytes | str) -> str:
    """What the server said, without our password, which one that quotes us would pass on to the outbox and the log."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    for secret in _secrets():
        words = words.replace(secret, "…")
    return words


def _secrets() -> list[str]:
    """The password as it is, and as AUTH LOGIN and AUTH PLAIN say it."""
    user, password = settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD
    said = [password, f"\0{user}\0{password}"] if password else []
    return [*said[:1], *(b64encode(one.encode()).decode() for one in said)]
