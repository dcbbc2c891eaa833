"""A message as the mail that carries it."""

import re
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import utf8_charset_qp

from superviseme.site.values import setting

from .models import Message


def as_mail(message: Message) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=_line(message.subject),
        body=message.text,
        from_email=sender(),
        to=[_address(message.to_name, message.to)],
        headers={
            **{_line(k): _line(str(v)) for k, v in message.headers.items()},
            "Message-ID": _line(message.message_id),
        },
    )
    mail.encoding = utf8_charset_qp  # seven bits, which every mail server on the way takes
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
