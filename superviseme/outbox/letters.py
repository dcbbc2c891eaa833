"""Letters: the words of a mail, from `templates/mail/<letter>/{subject.txt,body.txt,body.html}`."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils import timezone, translation
from jinja2 import Environment

from superviseme.site.values import setting
from superviseme.web.rendering import unescaped
from superviseme.web.time import site_zone

# Their text opens an account: never shown on a page of a site that sends real mail, dropped once sent.
SECRET = frozenset({"invitation", "password_reset", "email_change", "sign_up_address"})


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def link_to(path: str) -> str:
    """An address of ours as a letter needs it: with the host."""
    return settings.BASE_URL.rstrip("/") + path


def write(letter: str, context: dict[str, Any], *, language: str = "") -> Letter:
    """The letter in the recipient's language. Templates get `site` and `context`; addresses in it are absolute, moments are
    shown in the zone of the site."""
    words = {"site": {"name": setting("site_name"), "base_url": link_to("")}, **context}
    with translation.override(language or setting("language")), timezone.override(site_zone()):
        return Letter(
            subject=" ".join(_plain().get_template(f"mail/{letter}/subject.txt").render(words).split())[:300],
            text=_plain().get_template(f"mail/{letter}/body.txt").render(words).strip() + "\n",
            html=_rich().get_template(f"mail/{letter}/body.html").render(words).strip() + "\n",
        )


def _rich() -> Environment:
    return next(engine.env for engine in engines.all() if hasattr(engine, "env"))


@cache
def _plain() -> Environment:
    """Plain text shows & as &: nothing is escaped, neither by a template nor by its phrases."""
    env: Any = _rich().overlay(autoescape=False)
    phrases = ("_", "gettext", "ngettext", "pgettext", "npgettext")
    env.globals = {**env.globals, **{name: unescaped(env.globals[name]) for name in phrases}}
    env.known = {}
    return env
