"""The servers of others: really asked, nothing sent, five seconds at most each, and no secret in what is said."""

import smtplib
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

from django.conf import settings

from superviseme.ops.checks import Finding, Probe, Status
from superviseme.telegram.bot_api import BadToken, BotApi, NotTaken

PATIENCE = 5  # seconds


def _within(ask: Callable[[], Finding]) -> Finding:
    """However slowly the other side drips."""
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="probe")
    try:
        return pool.submit(ask).result(timeout=PATIENCE)
    except TooSlow:
        return Finding(Status.FAILED, f"no answer within {PATIENCE} s")
    finally:
        pool.shutdown(wait=False)


def _smtp() -> Finding:
    if not settings.MAIL_SERVER:
        return Finding(measured="not set: mail stays in the mailbox")
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        return Finding(measured=f"{where}, {_greeting()}")
    except smtplib.SMTPAuthenticationError as problem:
        return Finding(Status.FAILED, f"{where} refuses the user or password ({problem.smtp_code})")
    except smtplib.SMTPNotSupportedError:
        return Finding(Status.FAILED, f"{where} offers no STARTTLS or no sign-in")
    except ssl.SSLError as problem:
        return Finding(Status.FAILED, f"{where}: TLS fails ({problem.reason or type(problem).__name__})")
    except (OSError, smtplib.SMTPException) as problem:
        return Finding(Status.FAILED, f"{where}: {getattr(problem, 'strerror', None) or type(problem).__name__}")


def _greeting() -> str:
    kind = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
    with kind(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=PATIENCE) as server:
        server.ehlo()
        said = ["EHLO"]
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
            said.append("STARTTLS")
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            said.append("AUTH")
        return ", ".join(said)


def _telegram() -> Finding:
    env = settings.ENV
    if not env("TELEGRAM_BOT_TOKEN"):
        return Finding(measured="not set")
    try:
        said = BotApi(env("TELEGRAM_API_BASE"), env("TELEGRAM_BOT_TOKEN")).ask("getMe", patience=PATIENCE)
    except BadToken as problem:
        return Finding(Status.FAILED, f"the token is refused: {problem}")
    except NotTaken as problem:
        return Finding(Status.FAILED, str(problem))
    name = str(said.get("username", "")) if isinstance(said, dict) else ""
    wanted = env("TELEGRAM_BOT_USERNAME").lstrip("@")
    if wanted and wanted.lower() != name.lower():
        return Finding(Status.FAILED, f"the token is of @{name}, and TELEGRAM_BOT_USERNAME says @{wanted}")
    return Finding(measured=f"@{name}")


PROBES: tuple[Probe, ...] = (
    Probe("mail.smtp", "1.2", "the mail server takes our name and password", lambda: _within(_smtp), "", "mend MAIL_*"),
    Probe("telegram.bot", "1.2", "Telegram knows our bot", lambda: _within(_telegram), "", "mend TELEGRAM_*"),
)
