"""Ways out: SMTP when MAIL_SERVER is set, else the mailbox that is the table itself (read at /admin/outbox)."""

import contextlib
import re
import smtplib
from collections.abc import Iterator
from email.utils import formataddr, parseaddr
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from superviseme.site.values import setting

from .models import Message

# Who we are and how we are greeted is the site's matter, whatever the code says.
_NOT_THIS_LETTERS = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
)


class Refused(Exception):
    """Not delivered. `for_good`: trying again cannot help this message."""

    def __init__(self, why: str, *, for_good: bool = False):
        super().__init__(why)
        self.why, self.for_good = why, for_good


class Site(Protocol):
    is_real: bool  # messages leave the house
    is_away: bool  # nobody is listening: the others can wait as well

    def send(self, message: Message) -> None: ...


class LocalMailbox:
    is_real = is_away = False

    def send(self, message: Message) -> None:
        """The row itself is the letter."""


class Smtp:
    is_real = True

    def __init__(self) -> None:
        self.connection: Any = get_connection()
        self.is_away = False

    def send(self, message: Message) -> None:
        try:
            self._send(message)
        except (ValueError, UnicodeError) as problem:  # an address or header nobody could send
            raise Refused(f"{type(problem).__name__}: {problem}", for_good=True) from None
        except smtplib.SMTPRecipientsRefused as problem:
            raise _by_code(*next(iter(problem.recipients.values()), (451, b""))) from None
        except _NOT_THIS_LETTERS as problem:
            raise self._away(problem) from None
        except smtplib.SMTPResponseException as problem:
            raise _by_code(problem.smtp_code, problem.smtp_error) from None
        except (smtplib.SMTPException, OSError) as problem:
            raise self._away(problem) from None

    def _send(self, message: Message) -> None:
        mail = as_mail(message, self.connection)
        mail.message()  # malformed headers show here, before anything is said to the server
        self.connection.open()
        if mail.send() != 1:
            raise ValueError("nobody to send to")

    def _away(self, problem: Exception) -> Refused:
        """Nobody there, or too slow: not this letter's fault."""
        self.is_away = True
        self.close()
        return Refused(f"The mail server does not answer ({type(problem).__name__}: {problem})")

    def close(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.connection.close()
        self.connection.connection = None


def _by_code(code: int, said: bytes | str) -> Refused:
    """5xx: this message will never be taken. 4xx: later, perhaps."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return Refused(f"{code} {words}", for_good=500 <= code < 600)


@contextlib.contextmanager
def mailbox() -> Iterator[Site]:
    """One connection for a round of messages, opened when the first goes."""
    if not settings.MAIL_SERVER:
        yield LocalMailbox()
        return
    smtp = Smtp()
    try:
        yield smtp
    finally:
        smtp.close()


def as_mail(message: Message, connection: Any = None) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=_line(message.subject),
        body=message.text,
        from_email=sender(),
        to=[_address(message.to_name, message.to)],
        headers={
            **{_line(k): _line(str(v)) for k, v in message.headers.items()},
            "Message-ID": _line(message.message_id),
        },
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={_method(message.calendar)}")
    return mail


def _method(calendar: str) -> str:
    """REQUEST or CANCEL: mail programs read it beside the part, before they look into it."""
    found = re.search(r"^METHOD:([A-Z]+)\s*$", calendar, re.MULTILINE)
    return found.group(1) if found else "PUBLISH"


def sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((name or setting("site_name"), address))


def _address(name: str, address: str) -> str:
    """The name only where it is plain: a name cannot add a second recipient."""
    clean = _line(name).replace('"', "").replace("\\", "")
    return formataddr((clean, _line(address))) if clean else _line(address)


def _line(value: str) -> str:
    return " ".join(value.split())
