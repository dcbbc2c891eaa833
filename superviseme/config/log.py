"""Logs: one line an event, UTC, with the request's id, secrets masked. JSON in production, readable elsewhere."""

import re
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any

import structlog

MASK = "•••"
_TELLING = re.compile(r"passw|secret|token|authorization|cookie|csrf|credential|api_?key", re.IGNORECASE)
_IN_ADDRESSES = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")  # user:password@ in an address
_LONG_TOKENS = re.compile(r"(?<=/)[A-Za-z0-9_:-]{24,}(?=[/?\s]|$)")  # of invitations and password links in a path

Events = MutableMapping[str, Any]
Processor = Callable[[Any, str, Events], Events]


def tables(format_: str, *, masked: Sequence[str] = ()) -> dict[str, Any]:
    """What Django hands to logging.config; structlog's own loggers go the same way."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ending(format_, masked)],
                "foreign_pre_chain": shared,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # a scanner; the request's line says enough
            "psycopg.pool": {"level": "ERROR"},  # what it says of a database that is away, health and worker say once
            "django.request": {"level": "ERROR"},  # a 404 is not worth a line of its own: the request's line has it
        },
    }


def _ending(format_: str, masked: Sequence[str]) -> list[Any]:
    hide = masking(masked)
    if format_ == "json":
        return [
            structlog.processors.format_exc_info,
            hide,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    return [structlog.processors.format_exc_info, hide, structlog.dev.ConsoleRenderer(colors=False)]


def masking(values: Sequence[str]) -> Processor:
    """Hides what is named like a secret, and the secrets themselves wherever they stand."""
    exact = re.compile("|".join(re.escape(v) for v in sorted(values, key=len, reverse=True))) if values else None

    def clean(text: str) -> str:
        text = _LONG_TOKENS.sub(MASK, _IN_ADDRESSES.sub(MASK, text))
        return exact.sub(MASK, text) if exact else text

    def hide(logger: Any, method: str, event: Events) -> Events:
        for key, value in event.items():
            if _TELLING.search(key) and value:
                event[key] = MASK
            elif isinstance(value, str):
                event[key] = clean(value)
        return event

    return hide
